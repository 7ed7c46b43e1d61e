import { ClockCircleOutlined, HeartOutlined, WarningOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import type { Line } from "@/api/model";
import { percent } from "@/parts/numbers";
import { Time } from "@/parts/Time";
import { useLocale } from "@/parts/useLocale";

const FAULT = "var(--state-fault)";
const SOON = "var(--state-lost)";

/** What the results of its calls say of a line: its fault, since when, and when it is tried again. */
export function LineHealth({ line, whole = false }: { line: Line; whole?: boolean }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { fault, since, next_probe_at, connect_rate } = line.health;
  if (fault)
    return (
      <div>
        <span style={{ color: FAULT }}>
          <WarningOutlined /> {t(`lineFault.${fault}`)}
        </span>
        <div className="quiet">
          <Time past at={since} />
          {next_probe_at ? (
            <>
              {" · "}
              {t("line.nextProbe")} <Time at={next_probe_at} />
            </>
          ) : null}
        </div>
        {whole ? <div>{t("line.faultHint")}</div> : null}
      </div>
    );
  if (connect_rate === null) return whole ? <span className="quiet">{t("line.neverCalled")}</span> : null;
  return (
    <div className={whole ? "" : "quiet"}>
      <HeartOutlined /> {t("line.connectRate", { share: percent(connect_rate, 1, locale) })}
    </div>
  );
}

/** That a line expires soon or has expired; nothing where it will last. */
export function LineExpiry({ line, whole = false }: { line: Line; whole?: boolean }) {
  const { t } = useTranslation();
  const { expiry, expires_at } = line;
  if (expiry === "none") return whole ? <span>{t("line.neverExpires")}</span> : null;
  if (expiry === "later") return whole ? <Time at={expires_at} /> : null;
  return (
    <div style={{ color: expiry === "expired" ? FAULT : SOON }}>
      <ClockCircleOutlined /> {t(`lineExpiry.${expiry}`)} <Time at={expires_at} />
    </div>
  );
}
