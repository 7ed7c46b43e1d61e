import { DisconnectOutlined } from "@ant-design/icons";
import { Tag } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLiveNews } from "./LiveNews";

const PATIENCE_MS = 3_000;

/** Says that the numbers on the page stand still, once that has lasted long enough to matter. */
export function ConnectionNotice() {
  const { t } = useTranslation();
  const { state } = useLiveNews();
  const away = state !== "open";
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (!away) {
      setShown(false);
      return;
    }
    const timer = setTimeout(() => setShown(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [away]);
  if (!shown) return null;
  const refused = state === "forbidden";
  return (
    <Tag
      icon={<DisconnectOutlined />}
      color="warning"
      role="status"
      title={t(refused ? "live.refusedWhy" : "live.awayWhy")}
    >
      {t(refused ? "live.refused" : "live.away")}
    </Tag>
  );
}
