import {
  ApiOutlined,
  FileTextOutlined,
  HistoryOutlined,
  PhoneOutlined,
  TeamOutlined,
} from "@ant-design/icons";
import type { MenuProps } from "antd";
import type { TFunction } from "i18next";
import { Link } from "react-router";

type Items = NonNullable<MenuProps["items"]>;

const PLACES = [
  {
    group: "menu.callCentre",
    places: [
      { path: "/tasks", label: "menu.tasks", icon: <PhoneOutlined /> },
      { path: "/calls", label: "menu.calls", icon: <HistoryOutlined /> },
    ],
  },
  {
    group: "menu.scriptsGroup",
    places: [{ path: "/scripts", label: "menu.scripts", icon: <FileTextOutlined /> }],
  },
  {
    group: "menu.seatsAndLines",
    places: [
      { path: "/ai-seats", label: "menu.aiSeats", icon: <TeamOutlined /> },
      { path: "/lines", label: "menu.lines", icon: <ApiOutlined /> },
    ],
  },
] as const;

export const menuItems = (t: TFunction): Items =>
  PLACES.map(({ group, places }) => ({
    type: "group" as const,
    key: group,
    label: t(group),
    children: places.map(({ path, label, icon }) => ({
      key: path,
      icon,
      label: <Link to={path}>{t(label)}</Link>,
    })),
  }));

/** The menu entry under which the page at `pathname` lives. A single call lives under its task. */
export function menuKey(pathname: string): string {
  if (pathname.startsWith("/calls/")) return "/tasks";
  const paths = PLACES.flatMap(({ places }) => places.map(({ path }) => path as string));
  return paths.find((path) => pathname === path || pathname.startsWith(`${path}/`)) ?? "";
}
