import { useQuery } from "@tanstack/react-query";
import { Form, type FormInstance, Select } from "antd";
import { useTranslation } from "react-i18next";
import { lineQueries } from "@/api/lines";
import { countryChoices } from "@/parts/countries";
import { useLocale } from "@/parts/useLocale";
import type { LineValues } from "./line-values";
import { usePlaceName } from "./place-names";

/** Where a line is at home: country, then province, then city, as far as one wants to say. */
export function RegionFields({ form }: { form: FormInstance<LineValues> }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const placeName = usePlaceName();
  const country = Form.useWatch(["home", "country"], form) ?? "";
  const province = Form.useWatch(["home", "province"], form) ?? "";
  const regions = useQuery(lineQueries.regions(country));
  const found = regions.data ?? [];
  const choices = (names: string[]) =>
    [...new Set(names)].filter(Boolean).map((value) => ({ value, label: placeName(country, value) }));
  const cities = found.filter((place) => place.province === province).map(({ city }) => city);
  const search = { showSearch: { optionFilterProp: "label" }, allowClear: true } as const;
  const none = { province: null, city: null };
  return (
    <Form.Item label={t("line.home")} extra={t("line.homeHint")}>
      <div style={{ display: "grid", gap: 8 }}>
        <Form.Item noStyle name={["home", "country"]}>
          <Select
            {...search}
            aria-label={t("line.country")}
            placeholder={t("line.country")}
            options={countryChoices(locale)}
            onChange={() => form.setFieldsValue({ home: none })}
          />
        </Form.Item>
        <Form.Item noStyle name={["home", "province"]}>
          <Select
            {...search}
            aria-label={t("line.province")}
            placeholder={t("line.province")}
            disabled={found.length === 0}
            loading={regions.isLoading}
            options={choices(found.map((place) => place.province))}
            onChange={() => form.setFieldsValue({ home: { city: null } })}
          />
        </Form.Item>
        <Form.Item noStyle name={["home", "city"]}>
          <Select
            {...search}
            aria-label={t("line.city")}
            placeholder={t("line.city")}
            disabled={!cities.some(Boolean)}
            options={choices(cities)}
          />
        </Form.Item>
      </div>
    </Form.Item>
  );
}
