import {
  ApiOutlined,
  CheckCircleOutlined,
  FlagOutlined,
  NotificationOutlined,
  TeamOutlined,
  WalletOutlined,
} from "@ant-design/icons";
import type { ReactNode } from "react";
import { Trans } from "react-i18next";
import { Link } from "react-router";
import type { OwnWarning, WarningKind } from "@/api/warnings";
import { Time } from "@/parts/Time";
import { useWarningWords } from "./useWarningWords";
import styles from "./warnings.module.css";

const ICONS: Record<WarningKind, ReactNode> = {
  out_of_credit: <WalletOutlined />,
  low_balance: <WalletOutlined />,
  seat_expiry: <TeamOutlined />,
  line_fault: <ApiOutlined />,
  nearly_done: <FlagOutlined />,
  done: <CheckCircleOutlined />,
  webhook_given_up: <NotificationOutlined />,
};
const NEWS: readonly WarningKind[] = ["nearly_done", "done"];

/** One warning: what it is about, what to do, since when; unread ones stand out by more than their colour. */
export function WarningItem({ warning, onOpen }: { warning: OwnWarning; onOpen: () => void }) {
  const { title, text, to } = useWarningWords()(warning);
  const grave = !warning.cleared_at && !NEWS.includes(warning.kind);
  return (
    <li className={`${styles.item} ${warning.read_at ? "" : styles.unread}`}>
      <span className={grave ? styles.grave : styles.calm} aria-hidden="true">
        {ICONS[warning.kind]}
      </span>
      <div>
        <Link to={to} onClick={onOpen}>
          {title}
        </Link>
        <div>{text}</div>
        <div className="quiet">
          <Time at={warning.raised_at} past />
          {warning.cleared_at ? (
            <>
              {" · "}
              <Trans i18nKey="warning.cleared" components={{ at: <Time at={warning.cleared_at} past /> }} />
            </>
          ) : null}
        </div>
      </div>
    </li>
  );
}
