import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { OFFERED } from "../canvas/kinds";
import { type Content, flowOf, MAIN, type NodeKind, nodesIn, textOf } from "../script/content";
import { addNode, connect, type Place } from "../script/edit";
import { CARD_WIDTH, freePlace } from "../script/layout";
import { useDesk } from "../state/DesignContext";
import { useWhyNotOffered } from "../state/useWhyNotOffered";

const BESIDE = 96;

interface Props {
  id?: string;
  label: string;
  source: string;
  way: string;
  target: string;
  /** Whether it may be left without a target, which then has a meaning of its own. */
  none?: string;
}

const isKind = (value: string): value is `new:${NodeKind}` => value.startsWith("new:");

function useTargets(source: string) {
  const { t } = useTranslation();
  const { content } = useDesk();
  const notOffered = useWhyNotOffered();
  const flows = [MAIN, ...Object.keys(content.flows ?? {})];
  const groups = flows.map((flow) => ({
    label: flow === MAIN ? t("designer.flows.main") : (content.flows?.[flow]?.label ?? flow),
    options: nodesIn(content, flow)
      .filter(([name]) => name !== source)
      .map(([name, node]) => ({ value: name, label: name, words: textOf(node) })),
  }));
  const fresh = {
    label: t("designer.target.new"),
    options: OFFERED.map((kind) => ({
      value: `new:${kind}`,
      label: t("designer.target.newOf", { kind: t(`designer.kind.${kind}`) }),
      words: notOffered(kind),
      disabled: notOffered(kind) !== "",
    })),
  };
  return [...groups.filter(({ options }) => options.length > 0), fresh];
}

/** A new node to the right of `source`, at the end of its way. */
export function growFrom(content: Content, source: string, way: string, kind: NodeKind): [Content, string] {
  const node = content.nodes[source];
  const flow = node ? flowOf(node) : MAIN;
  const [x, y] = content.layout?.[source] ?? [0, 0];
  const at: Place = freePlace(content, flow, [x + CARD_WIDTH + BESIDE, y]);
  const added = addNode(content, kind, flow, at);
  return [connect(added.content, source, way, added.name), added.name];
}

/** Where a way leads: chosen by name, or a new node made for it. The keyboard's way of drawing a line. */
export function TargetSelect({ id, label, source, way, target, none }: Props) {
  const { t } = useTranslation();
  const { edit } = useDesk();
  const groups = useTargets(source);
  const choose = (value: string | undefined) =>
    edit((content) => {
      if (value && isKind(value)) return growFrom(content, source, way, value.slice(4) as NodeKind)[0];
      return connect(content, source, way, value || null);
    });
  return (
    <Select
      id={id}
      size="small"
      style={{ width: "100%" }}
      aria-label={label}
      allowClear
      popupMatchSelectWidth={280}
      status={target || none ? "" : "warning"}
      value={target || undefined}
      placeholder={none ?? t("designer.notConnected")}
      options={groups}
      showSearch={{
        filterOption: (sought, option) => {
          const { label: name = "", words = "" } = (option ?? {}) as { label?: string; words?: string };
          return `${name} ${words}`.toLowerCase().includes(sought.toLowerCase());
        },
      }}
      optionRender={({ data }) => {
        const { label: name, words } = data as { label: string; words?: string };
        return (
          <div style={{ overflow: "hidden", textOverflow: "ellipsis" }}>
            {name} <span className="quiet">{words}</span>
          </div>
        );
      }}
      onChange={choose}
    />
  );
}
