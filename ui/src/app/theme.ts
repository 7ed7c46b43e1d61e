import { type ThemeConfig, theme } from "antd";

export type Appearance = "system" | "light" | "dark";

export const APPEARANCES: readonly Appearance[] = ["system", "light", "dark"];

/** One blue for what can be pressed; teal, amber and red are left to what happened in a call. Texts reach 4.5 : 1. */
const LIGHT: ThemeConfig["token"] = {
  colorPrimary: "#2f4fc4",
  colorInfo: "#2f4fc4",
  colorSuccess: "#0b7a75",
  colorWarning: "#96500a",
  colorError: "#c0362c",
  colorBgLayout: "#f5f6f8",
  colorTextSecondary: "rgba(20, 24, 36, 0.66)",
  colorTextTertiary: "rgba(20, 24, 36, 0.64)",
  colorTextDescription: "rgba(20, 24, 36, 0.64)",
  colorTextPlaceholder: "rgba(20, 24, 36, 0.62)",
  colorPrimaryHover: "#3f5fd0",
  colorSuccessBg: "#e6f4f2",
  colorWarningBg: "#fdf2e2",
};

const DARK: ThemeConfig["token"] = {
  colorPrimary: "#8fa6fb",
  colorInfo: "#8fa6fb",
  colorSuccess: "#3dbdb5",
  colorWarning: "#e0a43e",
  colorError: "#f0766b",
  colorBgLayout: "#101216",
  colorBgContainer: "#181b21",
  colorBgElevated: "#1f232b",
  colorTextSecondary: "rgba(255, 255, 255, 0.68)",
  colorTextTertiary: "rgba(255, 255, 255, 0.55)",
  colorTextDescription: "rgba(255, 255, 255, 0.6)",
  colorTextPlaceholder: "rgba(255, 255, 255, 0.55)",
};

export function themeFor(dark: boolean, calm: boolean): ThemeConfig {
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    cssVar: { key: "callwright" },
    token: {
      ...(dark ? DARK : LIGHT),
      fontFamily: "var(--font)",
      fontSize: 14,
      borderRadius: 8,
      motion: !calm,
    },
    components: {
      Layout: {
        headerBg: dark ? "#181b21" : "#ffffff",
        siderBg: dark ? "#181b21" : "#ffffff",
        headerHeight: 56,
        headerPadding: "0 20px",
      },
      // Every place of an operator is in view on a laptop's screen.
      Menu: { itemHeight: 34, ...(dark ? { itemSelectedColor: "#dbe3ff", itemSelectedBg: "#2a3356" } : {}) },
      Table: { cellPaddingBlock: 10, headerBorderRadius: 8 },
      Button: { primaryShadow: "none", colorTextLightSolid: dark ? "#0f1320" : "#ffffff" },
    },
  };
}
