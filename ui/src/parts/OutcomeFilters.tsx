import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { PHONE_STATES, PhoneStateLabel } from "./PhoneStateLabel";
import { useAddressChoice, useAddressFilter } from "./useAddressFilter";

const MINIMA_S = ["10", "30", "60", "120"] as const;
const USUAL_GRADES: readonly string[] = [..."ABCDEF"];

/** One phone state, remembered in the address; ``any`` and ``label`` say whose. */
export function PhoneStateFilter({ any, label }: { any?: string; label?: string }) {
  const { t } = useTranslation();
  const [state, setState] = useAddressChoice("phone_state", PHONE_STATES);
  return (
    <Select
      allowClear
      value={state || undefined}
      placeholder={any ?? t("call.anyPhoneState")}
      aria-label={label ?? t("call.phoneState")}
      style={{ minWidth: 170 }}
      options={PHONE_STATES.map((value) => ({ value, label: <PhoneStateLabel state={value} /> }))}
      onChange={setState}
    />
  );
}

/** One grade, remembered in the address. */
export function GradeFilter({ grades = USUAL_GRADES }: { grades?: readonly string[] }) {
  const { t } = useTranslation();
  const [grade, setGrade] = useAddressFilter("grade");
  return (
    <Select
      allowClear
      value={grade || undefined}
      placeholder={t("call.anyGrade")}
      aria-label={t("call.grade")}
      style={{ minWidth: 120 }}
      options={grades.map((value) => ({ value, label: t("grade.title", { grade: value }) }))}
      onChange={setGrade}
    />
  );
}

/** The talk time from which on calls are shown, as the address states it; in ms. */
export function useLeastTalk(): number | null {
  const [least] = useAddressChoice("min_talk_s", MINIMA_S);
  return least ? Number(least) * 1000 : null;
}

/** The least talk time, remembered in the address; ``any`` and ``label`` say of which call. */
export function TalkFilter({ any, label }: { any?: string; label?: string }) {
  const { t } = useTranslation();
  const [least, setLeast] = useAddressChoice("min_talk_s", MINIMA_S);
  return (
    <Select
      allowClear
      value={least || undefined}
      placeholder={any ?? t("call.anyTalk")}
      aria-label={label ?? t("call.talk")}
      style={{ minWidth: 150 }}
      options={MINIMA_S.map((seconds) => ({
        value: seconds,
        label: t("call.talkAtLeast", { count: Number(seconds) }),
      }))}
      onChange={setLeast}
    />
  );
}
