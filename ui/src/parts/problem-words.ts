import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { asProblem, type Problem } from "@/api/problem";
import { useFaultWords } from "./fault-words";

interface ProblemWords {
  what: string;
  why: string;
  remedy: string;
  incident: string;
}

type KnownProblem =
  | "unreachable"
  | "unfetched"
  | "database-unavailable"
  | "sign-in-required"
  | "cross-site"
  | "not-found";

const KNOWN: readonly KnownProblem[] = [
  "unreachable",
  "unfetched",
  "database-unavailable",
  "sign-in-required",
  "cross-site",
  "not-found",
];

function knownAs(problem: Problem): KnownProblem | undefined {
  if (problem.status === 404) return "not-found";
  return KNOWN.find((code) => code === problem.code);
}

function inWords(problem: Problem, t: TFunction, faultWords: (error: unknown) => string): ProblemWords {
  const incident = problem.body.incident ?? "";
  const known = knownAs(problem);
  if (known)
    return {
      what: t(`problem.${known}.what`),
      why: t(`problem.${known}.why`),
      remedy: t(`problem.${known}.remedy`),
      incident,
    };
  if (problem.status === 403)
    return {
      what: t("problem.forbidden.what"),
      why: "",
      remedy: t("problem.forbidden.remedy"),
      incident,
    };
  if (problem.status >= 500 || problem.status === 0)
    return {
      what: t("problem.server.what"),
      why: t("problem.server.why"),
      remedy: t("problem.server.remedy"),
      incident,
    };
  return { what: faultWords(problem), why: "", remedy: "", incident };
}

/** An error as a person reads it: what happened, why, and what to do. */
export function useProblemWords(): (error: unknown) => ProblemWords {
  const { t } = useTranslation();
  const faultWords = useFaultWords();
  return (error) => inWords(asProblem(error), t, faultWords);
}
