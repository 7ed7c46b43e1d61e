import { StyleProvider } from "@ant-design/cssinjs";
import { QueryClientProvider } from "@tanstack/react-query";
import { App as AntApp, ConfigProvider } from "antd";
import en from "antd/locale/en_US";
import zh from "antd/locale/zh_CN";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { RouterProvider } from "react-router";
import { AppearanceProvider, useAppearance } from "./Appearance";
import { queryClient } from "./query-client";
import { router } from "./routes";
import { themeFor } from "./theme";

/** Where dialogs and the like stand: there from the beginning, as what isn't in the document can't take the focus. */
const container = (): HTMLElement => document.body;

/** Whether the person asked their system for less movement. */
const calm = (): boolean => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

function Themed() {
  const { dark } = useAppearance();
  const { i18n } = useTranslation();
  const theme = useMemo(() => themeFor(dark, calm()), [dark]);
  return (
    <ConfigProvider
      theme={theme}
      locale={i18n.language === "zh-CN" ? zh : en}
      button={{ autoInsertSpace: false }}
      getPopupContainer={container}
    >
      <AntApp className="app">
        <RouterProvider router={router} />
      </AntApp>
    </ConfigProvider>
  );
}

export function App() {
  return (
    <AppearanceProvider>
      <QueryClientProvider client={queryClient}>
        <StyleProvider layer>
          <Themed />
        </StyleProvider>
      </QueryClientProvider>
    </AppearanceProvider>
  );
}
