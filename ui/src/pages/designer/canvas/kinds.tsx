import {
  AudioOutlined,
  BranchesOutlined,
  CustomerServiceOutlined,
  FilterOutlined,
  FormOutlined,
  GlobalOutlined,
  LogoutOutlined,
  MailOutlined,
  MessageOutlined,
  PhoneOutlined,
  QuestionCircleOutlined,
} from "@ant-design/icons";
import type { ReactNode } from "react";
import type { NodeKind } from "../script/content";

export type CardKind = NodeKind | "anywhere";

/** What a card does: it tells by its icon and word; the tint only helps the eye. */
export const KIND_ICONS: Record<CardKind, ReactNode> = {
  say: <MessageOutlined />,
  ask: <QuestionCircleOutlined />,
  listen: <AudioOutlined />,
  branch: <BranchesOutlined />,
  collect: <FormOutlined />,
  condition: <FilterOutlined />,
  jump: <LogoutOutlined />,
  transfer: <CustomerServiceOutlined />,
  send_sms: <MailOutlined />,
  hang_up: <PhoneOutlined rotate={225} />,
  anywhere: <GlobalOutlined />,
};

export const KIND_TINTS: Record<CardKind, string> = {
  say: "speaks",
  ask: "hears",
  listen: "hears",
  collect: "hears",
  branch: "decides",
  condition: "decides",
  jump: "decides",
  transfer: "leaves",
  send_sms: "speaks",
  hang_up: "leaves",
  anywhere: "decides",
};

/** What can be added; a transfer comes once this installation can do it. */
export const OFFERED: readonly NodeKind[] = [
  "say",
  "ask",
  "collect",
  "condition",
  "branch",
  "listen",
  "jump",
  "send_sms",
  "hang_up",
];
