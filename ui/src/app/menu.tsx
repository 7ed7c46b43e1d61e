import {
  ApiOutlined,
  BankOutlined,
  BellOutlined,
  CommentOutlined,
  ContactsOutlined,
  DashboardOutlined,
  FileTextOutlined,
  HistoryOutlined,
  ImportOutlined,
  MessageOutlined,
  NotificationOutlined,
  PartitionOutlined,
  PhoneOutlined,
  ProfileOutlined,
  SendOutlined,
  SettingOutlined,
  StopOutlined,
  TeamOutlined,
  UsergroupAddOutlined,
  WalletOutlined,
} from "@ant-design/icons";
import type { MenuProps } from "antd";
import type { TFunction } from "i18next";
import { Link } from "react-router";
import type { Act } from "@/api/model";

type Items = NonNullable<MenuProps["items"]>;

const TODAY = {
  path: "/today",
  label: "menu.today",
  icon: <DashboardOutlined />,
  act: "read_tasks",
} as const;
const PLACES = [
  {
    group: "menu.callCentre",
    places: [
      { path: "/tasks", label: "menu.tasks", icon: <PhoneOutlined />, act: "read_tasks" },
      { path: "/calls", label: "menu.calls", icon: <HistoryOutlined />, act: "read_calls" },
      { path: "/messages", label: "menu.messages", icon: <MessageOutlined />, act: "read_messages" },
      { path: "/imports", label: "menu.imports", icon: <ImportOutlined />, act: "read_tasks" },
    ],
  },
  {
    group: "menu.customers",
    places: [
      { path: "/customers", label: "menu.customerBook", icon: <ContactsOutlined />, act: "read_customers" },
      { path: "/do-not-call", label: "menu.doNotCall", icon: <StopOutlined />, act: "read_do_not_call" },
    ],
  },
  {
    group: "menu.scriptsGroup",
    places: [
      { path: "/scripts", label: "menu.scripts", icon: <FileTextOutlined />, act: "read_scripts" },
      { path: "/crowds", label: "menu.crowds", icon: <UsergroupAddOutlined />, act: "read_scripts" },
    ],
  },
  {
    group: "menu.seatsAndLines",
    places: [
      { path: "/ai-seats", label: "menu.aiSeats", icon: <TeamOutlined />, act: "read_seats" },
      { path: "/lines", label: "menu.lines", icon: <ApiOutlined />, act: "read_lines" },
      {
        path: "/policy-groups",
        label: "menu.policyGroups",
        icon: <PartitionOutlined />,
        act: "read_lines",
      },
    ],
  },
  {
    group: "menu.system",
    places: [
      { path: "/money", label: "menu.money", icon: <WalletOutlined />, act: "read_balance" },
      { path: "/settings", label: "menu.settings", icon: <SettingOutlined />, act: "read_settings" },
      {
        path: "/customer-fields",
        label: "menu.customerFields",
        icon: <ProfileOutlined />,
        act: "define_fields",
      },
      { path: "/chats", label: "menu.chats", icon: <CommentOutlined />, act: "bind_chats" },
      { path: "/warnings", label: "menu.warnings", icon: <BellOutlined />, act: "read_warnings" },
      { path: "/webhooks", label: "menu.webhooks", icon: <NotificationOutlined />, act: "keep_webhooks" },
    ],
  },
  {
    group: "menu.operator",
    places: [
      { path: "/companies", label: "menu.companies", icon: <BankOutlined />, act: "keep_installation" },
      {
        path: "/message-channels",
        label: "menu.messageChannels",
        icon: <SendOutlined />,
        act: "keep_installation",
      },
    ],
  },
] as const;
type Place = typeof TODAY | (typeof PLACES)[number]["places"][number];

/** The places that this person may see; a group without any is left out. */
export function menuItems(t: TFunction, may: (act: Act) => boolean): Items {
  const items = (places: readonly Place[]) =>
    places
      .filter(({ act }) => may(act))
      .map(({ path, label, icon }) => ({ key: path, icon, label: <Link to={path}>{t(label)}</Link> }));
  const groups = PLACES.map(({ group, places }) => ({
    type: "group" as const,
    key: group,
    label: t(group),
    children: items(places),
  }));
  return [...items([TODAY]), ...groups.filter(({ children }) => children.length > 0)];
}

/** The menu entry under which the page at `pathname` lives. A single call lives under its task. */
export function menuKey(pathname: string): string {
  if (pathname.startsWith("/calls/")) return "/tasks";
  const paths = [TODAY, ...PLACES.flatMap(({ places }): readonly Place[] => places)].map(({ path }) => path);
  return paths.find((path) => pathname === path || pathname.startsWith(`${path}/`)) ?? "";
}
