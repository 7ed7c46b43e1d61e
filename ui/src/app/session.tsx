import { useQuery } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, Outlet, useLocation } from "react-router";
import type { Act, Me, Permission } from "@/api/model";
import { asProblem } from "@/api/problem";
import { queries } from "@/api/queries";
import { Boot } from "@/parts/Boot";
import { EmptyState } from "@/parts/EmptyState";
import { LinkButton } from "@/parts/LinkButton";
import { Page } from "@/parts/Page";
import { Panel } from "@/parts/Panel";
import { ProblemPage } from "@/parts/ProblemPage";
import { useLocale } from "@/parts/useLocale";
import { chosenLanguage, switchLanguage } from "./i18n";

const Context = createContext<Me | null>(null);

export function useMe(): Me {
  const me = useContext(Context);
  if (!me) throw new Error("useMe is for pages behind the sign-in");
  return me;
}

/** What this person may do, and who may: the server's own word, given with the sign-in. */
export const permissionIn = (me: Me, act: Act): Permission | undefined =>
  me.permissions.find((permission) => permission.act === act);

export const useMay = (act: Act): boolean => permissionIn(useMe(), act)?.allowed ?? false;

/** The roles that may do it, as words of a sentence. */
export function useWhoMay(act: Act): string {
  const { t } = useTranslation();
  const locale = useLocale();
  const roles = permissionIn(useMe(), act)?.roles ?? [];
  return new Intl.ListFormat(locale, { type: "disjunction" }).format(roles.map((role) => t(`role.${role}`)));
}

/** Why this person may not (words to show), or null when they may. */
export function useWhyNot(act: Act): string | null {
  const { t } = useTranslation();
  const who = useWhoMay(act);
  return useMay(act) ? null : t("forbidden.only", { who });
}

export const useWhyNotChange = (): string | null => useWhyNot("change_tasks");
export const useWhyNoTestCall = (): string | null => useWhyNot("test_lines");
export const useWhyNoNewLine = (): string | null => useWhyNot("change_lines");

/** A page for those who may; others read who may, and nothing is asked of the server. */
export function Only({ act, children }: { act: Act; children: ReactNode }) {
  const { t } = useTranslation();
  const who = useWhoMay(act);
  if (useMay(act)) return children;
  return (
    <Page title={t("forbidden.title")}>
      <Panel>
        <EmptyState
          title={t("forbidden.page", { who })}
          hint={t("forbidden.hint")}
          action={<LinkButton to="/tasks">{t("call.toTasks")}</LinkButton>}
        />
      </Panel>
    </Page>
  );
}

/** Has a browser in which nobody chose a language speak the account's, also where nobody signs in by hand. */
function useAccountLanguage(me: Me | undefined): void {
  const language = me?.user.language;
  useEffect(() => {
    if (language && !chosenLanguage()) void switchLanguage(language);
  }, [language]);
}

/** Everything behind the sign-in. Whoever isn't signed in goes there, and comes back to where they wanted to go. */
export function SignedIn() {
  const { data, error, refetch } = useQuery(queries.me());
  const location = useLocation();
  const wasIn = useRef(false);
  useEffect(() => {
    if (data) wasIn.current = true;
  }, [data]);
  useAccountLanguage(data);
  // What failed when it was only asked again leaves what was known.
  if (error && !data && asProblem(error).status !== 401)
    return <ProblemPage error={error} retry={() => void refetch()} />;
  if (error && asProblem(error).status === 401) {
    const wanted = location.pathname + location.search;
    return (
      <Navigate
        to={wanted === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(wanted)}`}
        state={{ ended: wasIn.current }}
        replace
      />
    );
  }
  if (!data) return <Boot />;
  return (
    <Context value={data}>
      <Outlet />
    </Context>
  );
}
