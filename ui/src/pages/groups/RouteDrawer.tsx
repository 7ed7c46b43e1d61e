import { useQuery } from "@tanstack/react-query";
import { Button, Form, Input, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { lineQueries, type Route, type RouteLine } from "@/api/lines";
import { useRegionWords } from "@/pages/lines/place-names";
import { AddressDrawer } from "@/parts/AddressDrawer";
import { Phone } from "@/parts/Phone";
import { ProblemNote } from "@/parts/ProblemPage";
import { Time } from "@/parts/Time";
import styles from "./groups.module.css";

const FORM = "route";
const REFRESH_MS = 5_000;

function Standing({ line }: { line: RouteLine }) {
  const { t } = useTranslation();
  return (
    <>
      {t(`standing.${line.standing}`)}
      <div className="quiet">
        {line.standing === "faulty" && line.next_probe_at ? (
          <>
            {t("line.nextProbe")} <Time at={line.next_probe_at} />
          </>
        ) : line.standing === "expired" ? (
          <Time at={line.expires_at} />
        ) : (
          t("route.free", { count: line.free, channels: line.channels })
        )}
      </div>
    </>
  );
}

function Answer({ route }: { route: Route }) {
  const { t } = useTranslation();
  const regionWords = useRegionWords();
  const where = regionWords(route.region);
  return (
    <section aria-live="polite">
      <p className={styles.answer}>
        <strong>
          {route.line
            ? t("route.taken", { line: route.line.name })
            : t("route.none", { why: t(`standing.${route.standing}`) })}
        </strong>
      </p>
      <p>
        {route.line && route.why ? t(`routeWhy.${route.why}`, { where }) : t("route.noneHint")}{" "}
        <span className="quiet">
          <Phone number={route.phone} />
          {where ? ` · ${where}` : ""}
        </span>
      </p>
      <Table<RouteLine>
        aria-label={t("menu.lines")}
        rowKey="id"
        size="small"
        pagination={false}
        dataSource={route.lines}
        columns={[
          { title: t("group.priority"), dataIndex: "priority", align: "right" },
          {
            title: t("line.name"),
            key: "name",
            render: (_, line) => (
              <>
                <strong>{line.name}</strong>
                <div className="quiet">{regionWords(line.home) || t("line.noHome")}</div>
              </>
            ),
          },
          { title: t("line.now"), key: "standing", render: (_, line) => <Standing line={line} /> },
        ]}
      />
    </section>
  );
}

/** Which line of a group would be taken for a number at this moment, and why. */
export function RouteDrawer() {
  const { t } = useTranslation();
  const { groupId = "" } = useParams();
  const groups = useQuery(lineQueries.groups());
  const name = groups.data?.find(({ id }) => id === groupId)?.name;
  const [phone, setPhone] = useState("");
  const route = useQuery({ ...lineQueries.route(groupId, phone), refetchInterval: REFRESH_MS });
  return (
    <AddressDrawer
      title={name ? t("route.title", { name }) : t("route.open")}
      back="/policy-groups"
      width={600}
      footer={
        <Button type="primary" form={FORM} htmlType="submit" loading={route.isFetching && !route.data}>
          {t("route.ask")}
        </Button>
      }
    >
      <Form<{ phone: string }>
        id={FORM}
        layout="vertical"
        requiredMark={false}
        onFinish={(values) => setPhone(values.phone.trim())}
      >
        <Form.Item
          name="phone"
          label={t("customer.phone")}
          extra={t("route.hint")}
          rules={[{ required: true, message: t("form.missing") }]}
        >
          <Input type="tel" autoFocus autoComplete="off" placeholder="+44 20 7946 0000" />
        </Form.Item>
      </Form>
      {route.error ? <ProblemNote error={route.error} /> : null}
      {route.data && !route.error ? <Answer route={route.data} /> : null}
    </AddressDrawer>
  );
}
