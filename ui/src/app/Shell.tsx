import { MenuFoldOutlined, MenuOutlined, MenuUnfoldOutlined } from "@ant-design/icons";
import { Button, Drawer, Grid, Layout, Menu } from "antd";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Outlet, useLocation, useMatches } from "react-router";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { LanguageChoice, ThemeChoice } from "./Choices";
import { ConnectionNotice } from "./ConnectionNotice";
import { LiveNews } from "./LiveNews";
import { menuItems, menuKey } from "./menu";
import { PersonMenu } from "./PersonMenu";
import { recall, remember } from "./preferences";
import { QuickSearch } from "./QuickSearch";
import styles from "./Shell.module.css";
import { permissionIn, useMe } from "./session";
import { WarningsBell } from "./WarningsBell";

function Brand({ small }: { small: boolean }) {
  return (
    <div className={styles.brand}>
      <img src="/favicon.svg" alt="" width={28} height={28} />
      {small ? null : <span>Callwright</span>}
    </div>
  );
}

function PlacesMenu({ onChoose }: { onChoose?: () => void }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const me = useMe();
  return (
    <nav aria-label={t("menu.name")}>
      <Menu
        mode="inline"
        tabIndex={-1}
        items={menuItems(t, (act) => permissionIn(me, act)?.allowed ?? false)}
        selectedKeys={[menuKey(pathname)]}
        onClick={onChoose}
        className={styles.menu}
      />
    </nav>
  );
}

function SideMenu({ folded, onFold }: { folded: boolean; onFold: () => void }) {
  const { t } = useTranslation();
  return (
    <Layout.Sider width={216} collapsedWidth={64} collapsed={folded} trigger={null} className={styles.sider}>
      <div className={styles.siderInner}>
        <Brand small={folded} />
        <PlacesMenu />
        <Button
          type="text"
          className={styles.fold}
          icon={folded ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
          aria-label={t(folded ? "menu.unfold" : "menu.fold")}
          aria-expanded={!folded}
          onClick={onFold}
        />
      </div>
    </Layout.Sider>
  );
}

function PhoneMenu() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button type="text" icon={<MenuOutlined />} aria-label={t("menu.open")} onClick={() => setOpen(true)} />
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        placement="left"
        size={264}
        title={<Brand small={false} />}
        styles={{ body: { padding: 0 } }}
      >
        <PlacesMenu onChoose={() => setOpen(false)} />
      </Drawer>
    </>
  );
}

/** Whether the page needs all the width there is, so that the menu starts folded on it. */
const useIsWide = (): boolean =>
  useMatches().some(({ handle }) => (handle as { isWide?: boolean } | undefined)?.isWide === true);

export function Shell() {
  const { t } = useTranslation();
  const { tenant } = useMe();
  const wide = Grid.useBreakpoint().md ?? true;
  const isWide = useIsWide();
  const [chosen, setChosen] = useState(() => recall("menu") === "folded");
  const [foldedWide, setFoldedWide] = useState(true);
  const folded = isWide ? foldedWide : chosen;
  const fold = () => {
    if (isWide) {
      setFoldedWide(!folded);
      return;
    }
    remember("menu", folded ? "open" : "folded");
    setChosen(!folded);
  };
  return (
    <LiveNews>
      <a href="#page" className={styles.skip}>
        {t("menu.skip")}
      </a>
      <Layout hasSider={wide} className={styles.frame}>
        {wide ? <SideMenu folded={folded} onFold={fold} /> : null}
        <Layout>
          <Layout.Header className={styles.header}>
            {wide ? null : <PhoneMenu />}
            <span className={styles.tenant} title={tenant.name}>
              {tenant.name}
            </span>
            <span className={styles.space} />
            <ConnectionNotice />
            {wide ? <QuickSearch /> : null}
            <WarningsBell />
            <LanguageChoice />
            <ThemeChoice />
            <PersonMenu />
          </Layout.Header>
          <main id="page" tabIndex={-1} className={styles.page}>
            <Suspense fallback={<PageSkeleton />}>
              <Outlet />
            </Suspense>
          </main>
        </Layout>
      </Layout>
    </LiveNews>
  );
}
