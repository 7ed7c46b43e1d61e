import { CloseOutlined, PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, InputNumber, Select } from "antd";
import { useTranslation } from "react-i18next";
import { queries } from "@/api/queries";
import { scriptRequests } from "@/api/script-requests";
import { letterOf } from "@/parts/letter";
import { type ArmWish, MOST_ARMS, totalOf, withOneMore, without } from "./arms";
import styles from "./NewTask.module.css";
import { ScriptChoice } from "./ScriptChoice";

const usePublished = (scriptId: string) =>
  useQuery({
    queryKey: ["script-versions", scriptId, "published"],
    queryFn: ({ signal }) => scriptRequests.versions(scriptId, signal),
    select: (versions) => versions.filter(({ published_at }) => published_at !== null),
  });

interface VersionProps {
  scriptId: string;
  label: string;
  value?: number;
  onChange: (version: number) => void;
}

function VersionChoice({ scriptId, label, value, onChange }: VersionProps) {
  const { t } = useTranslation();
  const { data, isPending } = usePublished(scriptId);
  return (
    <Select
      aria-label={label}
      value={value}
      onChange={onChange}
      loading={isPending}
      placeholder={t("arms.version")}
      options={data?.map(({ number, current, note }) => ({
        value: number,
        label: [
          t("script.version", { number }),
          current ? t("arms.current") : "",
          note.length > 30 ? `${note.slice(0, 30)}…` : note,
        ]
          .filter(Boolean)
          .join(" · "),
      }))}
    />
  );
}

interface ArmProps {
  arm: ArmWish;
  place: number;
  onChange: (arm: ArmWish) => void;
  onRemove: () => void;
}

function ArmFields({ arm, place, onChange, onRemove }: ArmProps) {
  const { t } = useTranslation();
  const letter = letterOf(place);
  const { data: script } = useQuery(queries.script(arm.script_id));
  return (
    <fieldset className={styles.arm} aria-label={t("arms.one", { letter })}>
      <b>{letter}</b>
      {place === 0 ? (
        <span className={styles.armName}>{script?.name}</span>
      ) : (
        <ScriptChoice
          value={arm.script_id}
          onChange={(script_id) => onChange({ ...arm, script_id, version: undefined })}
        />
      )}
      <VersionChoice
        scriptId={arm.script_id}
        label={t("arms.versionOf", { letter })}
        value={arm.version}
        onChange={(version) => onChange({ ...arm, version })}
      />
      <InputNumber
        aria-label={t("arms.shareOf", { letter })}
        min={1}
        max={99}
        precision={0}
        suffix="%"
        value={arm.share}
        onChange={(share) => share !== null && onChange({ ...arm, share })}
        style={{ width: 84 }}
      />
      {place === 0 ? (
        <span />
      ) : (
        <Button
          type="text"
          icon={<CloseOutlined />}
          aria-label={t("arms.remove", { letter })}
          onClick={onRemove}
        />
      )}
    </fieldset>
  );
}

interface Props {
  id?: string;
  scriptId: string;
  /** The version that all hear where nothing is split; nothing until it is known. */
  published: number | undefined;
  value?: ArmWish[];
  onChange?: (arms: ArmWish[]) => void;
}

/** The versions that the customers are split over; nothing where all hear the published one. */
export function ArmsField({ id, scriptId, published, value = [], onChange }: Props) {
  const { t } = useTranslation();
  const begin: ArmWish[] = [{ script_id: scriptId, version: published, share: 100 }];
  const first = value.length === 0;
  const total = totalOf(value);
  return (
    <div id={id} className={styles.choices}>
      {value.map((arm, place) => (
        <ArmFields
          // biome-ignore lint/suspicious/noArrayIndexKey: an arm is its place; two may be alike while they are chosen
          key={place}
          arm={arm}
          place={place}
          onChange={(changed) => onChange?.(value.map((one, at) => (at === place ? changed : one)))}
          onRemove={() => onChange?.(without(value, place))}
        />
      ))}
      <div>
        <Button
          type={first ? "default" : "link"}
          icon={<PlusOutlined />}
          disabled={first ? published === undefined : value.length >= MOST_ARMS}
          onClick={() => onChange?.(withOneMore(first ? begin : value, scriptId))}
        >
          {t(first ? "arms.compare" : "arms.another")}
        </Button>
        {first ? null : <span className="quiet">{t("arms.total", { total })}</span>}
      </div>
    </div>
  );
}
