import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Checkbox } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CallingHours, Weekday } from "@/api/model";
import { DateInput } from "@/parts/DateInput";
import { DayBand } from "./DayBand";
import styles from "./DayBand.module.css";
import { DayHandles } from "./DayHandles";
import { shortTime, WEEKDAYS } from "./hours";
import { TimeField } from "./TimeField";

interface Props {
  value: CallingHours;
  onChange: (hours: CallingHours) => void;
  /** Hours within which these hold; the band shows what remains. */
  within?: CallingHours;
  disabled?: boolean;
  /** What happens within them: people are called, or written to. */
  of?: "calls" | "messages";
}

const NEW_PERIOD = { starts: "12:00", ends: "14:00" };

const Part = ({ label, children }: { label: string; children: ReactNode }) => (
  <fieldset className={styles.part} style={{ border: 0, padding: 0, marginInline: 0 }}>
    <legend className={styles.label}>{label}</legend>
    {children}
  </fieldset>
);

function RemoveButton({
  label,
  disabled,
  onPress,
}: {
  label: string;
  disabled: boolean;
  onPress: () => void;
}) {
  return (
    <Button
      type="text"
      icon={<DeleteOutlined />}
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={onPress}
    />
  );
}

function Periods({ value, onChange, disabled = false, of = "calls" }: Props) {
  const { t } = useTranslation();
  const { no_dial } = value;
  const put = (index: number, change: Partial<(typeof no_dial)[number]>) =>
    onChange({
      ...value,
      no_dial: no_dial.map((one, at) => (at === index ? { ...one, ...change } : one)),
    });
  return (
    <Part label={t(`hoursOf.${of}.noDial`)}>
      {no_dial.map(({ starts, ends }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: periods have no name but their place
        <div key={index} className={styles.row} style={{ marginBlockEnd: 6 }}>
          <TimeField
            label={t(`hoursOf.${of}.noDialFrom`)}
            value={starts}
            disabled={disabled}
            onChange={(time) => put(index, { starts: time })}
          />
          –
          <TimeField
            label={t(`hoursOf.${of}.noDialTo`)}
            value={ends}
            disabled={disabled}
            onChange={(time) => put(index, { ends: time })}
          />
          <RemoveButton
            label={t("hours.removePeriod", { from: shortTime(starts), to: shortTime(ends) })}
            disabled={disabled}
            onPress={() => onChange({ ...value, no_dial: no_dial.filter((_, at) => at !== index) })}
          />
        </div>
      ))}
      <Button
        size="small"
        icon={<PlusOutlined />}
        disabled={disabled}
        onClick={() => onChange({ ...value, no_dial: [...no_dial, NEW_PERIOD] })}
      >
        {t("hours.addPeriod")}
      </Button>
    </Part>
  );
}

function Holidays({ value, onChange, disabled = false, of = "calls" }: Props) {
  const { t } = useTranslation();
  const { holidays } = value;
  const [day, setDay] = useState("");
  const add = () => {
    onChange({ ...value, holidays: [...new Set([...holidays, day])].sort() });
    setDay("");
  };
  return (
    <Part label={t("hours.holidays")}>
      <div className={styles.row}>
        {holidays.map((one) => (
          <span key={one} className="unbroken">
            <span className="number">{one}</span>
            <RemoveButton
              label={t("hours.removeHoliday", { day: one })}
              disabled={disabled}
              onPress={() => onChange({ ...value, holidays: holidays.filter((other) => other !== one) })}
            />
          </span>
        ))}
        <DateInput
          aria-label={t(`hoursOf.${of}.holiday`)}
          disabled={disabled}
          value={day}
          onChange={setDay}
        />
        <Button icon={<PlusOutlined />} disabled={disabled || !day} onClick={add}>
          {t("hours.addHoliday")}
        </Button>
      </div>
    </Part>
  );
}

/** Calling hours with their days, no-dial periods and holidays, drawn as a day. */
export function HoursEditor(props: Props) {
  const { t } = useTranslation();
  const { value, onChange, within, disabled = false, of = "calls" } = props;
  return (
    <div>
      <Part label={t("hours.fromTo")}>
        <div className={styles.row}>
          <TimeField
            label={t(`hoursOf.${of}.opens`)}
            value={value.opens}
            disabled={disabled}
            onChange={(opens) => onChange({ ...value, opens })}
          />
          –
          <TimeField
            label={t(`hoursOf.${of}.closes`)}
            value={value.closes}
            disabled={disabled}
            onChange={(closes) => onChange({ ...value, closes })}
          />
        </div>
      </Part>
      <Part label={t("hours.days")}>
        <Checkbox.Group<Weekday>
          disabled={disabled}
          value={value.days}
          onChange={(days) => onChange({ ...value, days })}
          options={WEEKDAYS.map((day) => ({ value: day, label: t(`weekday.${day}`) }))}
        />
      </Part>
      <Periods {...props} />
      <Holidays {...props} />
      <DayBand
        hours={within ? [within, value] : [value]}
        of={of}
        handles={disabled ? null : <DayHandles value={value} onChange={onChange} />}
      />
      {disabled ? null : <p className="quiet">{t(`hoursOf.${of}.draw`)}</p>}
    </div>
  );
}
