import { LeftOutlined, RightOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate, useSearchParams } from "react-router";
import styles from "./Page.module.css";

interface Trail {
  /** The cursors of the pages before this one; "" is the first page's. */
  trail?: string[];
}

export const PAGE_SIZE = 50;

/** The cursor of the page that the address names. */
export const useCursor = (): string | null => useSearchParams()[0].get("after");

/** Forwards and back through a list that only knows what comes next. */
export function Pager({ next, shown }: { next: string | null | undefined; shown: number }) {
  const { t } = useTranslation();
  const location = useLocation();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const here = search.get("after");
  const trail = (location.state as Trail | null)?.trail ?? (here ? [""] : []);
  if (!here && !next) return null;

  const go = (cursor: string, newTrail: string[]) => {
    const params = new URLSearchParams(search);
    if (cursor) params.set("after", cursor);
    else params.delete("after");
    navigate({ search: params.toString() }, { state: { trail: newTrail } satisfies Trail });
    window.scrollTo({ top: 0 });
  };
  const first = trail.length * PAGE_SIZE + 1;
  return (
    <nav className={styles.pager} aria-label={t("pager.name")}>
      <span className="quiet number">
        {shown > 0 ? t("pager.shown", { from: first, to: first + shown - 1 }) : null}
      </span>
      <Button
        icon={<LeftOutlined />}
        disabled={!here}
        aria-label={t("pager.previous")}
        onClick={() => go(trail.at(-1) ?? "", trail.slice(0, -1))}
      />
      <Button
        icon={<RightOutlined />}
        disabled={!next}
        aria-label={t("pager.next")}
        onClick={() => next && go(next, [...trail, here ?? ""])}
      />
    </nav>
  );
}
