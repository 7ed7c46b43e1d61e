import { useQuery } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, Outlet, useLocation } from "react-router";
import type { Me, Role } from "@/api/model";
import { asProblem } from "@/api/problem";
import { queries } from "@/api/queries";
import { Boot } from "@/parts/Boot";
import { ProblemPage } from "@/parts/ProblemPage";

const Context = createContext<Me | null>(null);

export function useMe(): Me {
  const me = useContext(Context);
  if (!me) throw new Error("useMe is for pages behind the sign-in");
  return me;
}

const CHANGERS: readonly Role[] = ["operator", "owner", "supervisor"];
const LINE_MAKERS: readonly Role[] = ["operator", "owner"];

/** Why this person may not change tasks and scripts (words to show), or null when they may. */
export function useWhyNotChange(): string | null {
  const { t } = useTranslation();
  return CHANGERS.includes(useMe().user.role) ? null : t("forbidden.change");
}

export function useWhyNoNewLine(): string | null {
  const { t } = useTranslation();
  return LINE_MAKERS.includes(useMe().user.role) ? null : t("forbidden.line");
}

/** Everything behind the sign-in. Whoever isn't signed in goes there, and comes back to where they wanted to go. */
export function SignedIn() {
  const { data, error, refetch } = useQuery(queries.me());
  const location = useLocation();
  if (error) {
    if (asProblem(error).status !== 401) return <ProblemPage error={error} retry={() => void refetch()} />;
    const wanted = location.pathname + location.search;
    return (
      <Navigate to={wanted === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(wanted)}`} replace />
    );
  }
  if (!data) return <Boot />;
  return (
    <Context value={data}>
      <Outlet />
    </Context>
  );
}
