import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { recall, remember } from "./preferences";
import { APPEARANCES, type Appearance } from "./theme";

interface AppearanceChoice {
  appearance: Appearance;
  dark: boolean;
  choose: (appearance: Appearance) => void;
}

const Context = createContext<AppearanceChoice>({
  appearance: "system",
  dark: false,
  choose: () => undefined,
});

const systemIsDark = () => window.matchMedia("(prefers-color-scheme: dark)");

function kept(): Appearance {
  const name = recall("theme");
  return APPEARANCES.find((one) => one === name) ?? "system";
}

/** Light or dark, as the person chose or, without a choice, as their system says. */
export function AppearanceProvider({ children }: { children: ReactNode }) {
  const [appearance, setAppearance] = useState<Appearance>(kept);
  const [system, setSystem] = useState(() => systemIsDark().matches);
  useEffect(() => {
    const query = systemIsDark();
    const follow = () => setSystem(query.matches);
    query.addEventListener("change", follow);
    return () => query.removeEventListener("change", follow);
  }, []);
  const dark = appearance === "system" ? system : appearance === "dark";
  useEffect(() => {
    document.documentElement.style.colorScheme = dark ? "dark" : "light";
    document.documentElement.dataset.theme = dark ? "dark" : "light";
  }, [dark]);
  const choice = useMemo(
    () => ({
      appearance,
      dark,
      choose: (next: Appearance) => {
        remember("theme", next);
        setAppearance(next);
      },
    }),
    [appearance, dark],
  );
  return <Context value={choice}>{children}</Context>;
}

export const useAppearance = (): AppearanceChoice => useContext(Context);
