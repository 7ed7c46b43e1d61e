import { Dropdown } from "antd";
import { useTranslation } from "react-i18next";
import type { NodeKind } from "../script/content";
import type { Place } from "../script/edit";
import { useWhyNotOffered } from "../state/useWhyNotOffered";
import { KIND_ICONS, OFFERED } from "./kinds";

export interface Dropped {
  screen: Place;
  at: Place;
  /** The way whose end was let go. */
  from: { source: string; id: string } | null;
}

interface Props {
  dropped: Dropped;
  onChoose: (kind: NodeKind, at: Place, from: Dropped["from"]) => void;
  onClose: () => void;
}

/** What stands at the end of a way that was drawn into the open. */
export function DropMenu({ dropped, onChoose, onClose }: Props) {
  const { t } = useTranslation();
  const notOffered = useWhyNotOffered();
  const [left, top] = dropped.screen;
  return (
    <Dropdown
      open
      trigger={["click"]}
      autoFocus
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      menu={{
        items: OFFERED.map((kind) => ({
          key: kind,
          icon: KIND_ICONS[kind],
          label: t(`designer.kind.${kind}`),
          disabled: notOffered(kind) !== "",
          title: notOffered(kind),
        })),
        onClick: ({ key }) => {
          onChoose(key as NodeKind, dropped.at, dropped.from);
          onClose();
        },
      }}
    >
      <span style={{ position: "fixed", left, top, width: 1, height: 1 }} />
    </Dropdown>
  );
}
