import { useQuery } from "@tanstack/react-query";
import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { scriptRequests } from "@/api/script-requests";
import { ProblemNote } from "@/parts/ProblemPage";
import { compared, type Line } from "./lines";
import styles from "./versions.module.css";

const SIGNS: Record<Line["kind"], string> = { same: " ", gone: "−", come: "+", "left-out": "⋯" };

async function difference(scriptId: string, from: number, to: number, signal: AbortSignal): Promise<Line[]> {
  const [{ diffLines }, one, other] = await Promise.all([
    import("diff"),
    scriptRequests.version(scriptId, from, signal),
    scriptRequests.version(scriptId, to, signal),
  ]);
  return compared(diffLines(one.source, other.source));
}

/** What changed from one version to another, in the script as a file. */
export function Compare({ scriptId, from, to }: { scriptId: string; from: number; to: number }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery({
    queryKey: ["script-versions", scriptId, "compare", from, to],
    queryFn: ({ signal }) => difference(scriptId, from, to, signal),
    staleTime: 0,
  });
  if (error) return <ProblemNote error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton active />;
  if (data.every(({ kind }) => kind === "same" || kind === "left-out"))
    return <p className="quiet">{t("designer.versions.same")}</p>;
  return (
    <section className={styles.lines} aria-label={t("designer.versions.difference", { from, to })}>
      {data.map(({ kind, text, count }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name and never move
        <div key={index} className={styles[kind]}>
          <span aria-hidden>{SIGNS[kind]}</span>
          {kind === "left-out" ? t("designer.versions.leftOut", { count }) : text}
        </div>
      ))}
    </section>
  );
}
