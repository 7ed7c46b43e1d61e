import {
  BulbOutlined,
  DesktopOutlined,
  MoonOutlined,
  SunOutlined,
  TranslationOutlined,
} from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useTranslation } from "react-i18next";
import type { Language } from "@/api/model";
import { requests } from "@/api/requests";
import { useAppearance } from "./Appearance";
import { chooseLanguage, isLanguage } from "./i18n";
import { APPEARANCES, type Appearance } from "./theme";

const LANGUAGES: { key: Language; label: string }[] = [
  { key: "en", label: "English" },
  { key: "zh-CN", label: "简体中文" },
];

/** Choosing a language also tells the server, so that the next browser starts in it; without it the choice holds here. */
export function LanguageChoice({ signedIn = true }: { signedIn?: boolean }) {
  const { t, i18n } = useTranslation();
  const choose = async (language: string) => {
    if (!isLanguage(language)) return;
    await chooseLanguage(language);
    if (signedIn) await requests.speak(language).catch(() => undefined);
  };
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: LANGUAGES,
        selectable: true,
        selectedKeys: [i18n.language],
        onClick: ({ key }) => void choose(key),
      }}
    >
      <Button
        type="text"
        icon={<TranslationOutlined />}
        aria-label={t("top.language")}
        title={t("top.language")}
      />
    </Dropdown>
  );
}

const APPEARANCE_ICONS: Record<Appearance, React.ReactNode> = {
  system: <DesktopOutlined />,
  light: <SunOutlined />,
  dark: <MoonOutlined />,
};

export function ThemeChoice() {
  const { t } = useTranslation();
  const { appearance, choose } = useAppearance();
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: APPEARANCES.map((key) => ({ key, label: t(`theme.${key}`), icon: APPEARANCE_ICONS[key] })),
        selectable: true,
        selectedKeys: [appearance],
        onClick: ({ key }) => choose(key as Appearance),
      }}
    >
      <Button type="text" icon={<BulbOutlined />} aria-label={t("top.theme")} title={t("top.theme")} />
    </Dropdown>
  );
}
