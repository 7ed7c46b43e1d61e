import { useTranslation } from "react-i18next";
import type { HomeRegion } from "@/api/lines";
import { countryName } from "@/parts/countries";
import { useLocale } from "@/parts/useLocale";

/** The provinces of China in Chinese; other places go by the names that the numbering plan's own tables give. */
const IN_CHINESE: Readonly<Record<string, string>> = {
  Anhui: "安徽",
  Beijing: "北京",
  Chongqing: "重庆",
  Fujian: "福建",
  Gansu: "甘肃",
  Guangdong: "广东",
  Guangxi: "广西",
  Guizhou: "贵州",
  Hainan: "海南",
  Hebei: "河北",
  Heilongjiang: "黑龙江",
  Henan: "河南",
  Hubei: "湖北",
  Hunan: "湖南",
  "Inner Mongolia": "内蒙古",
  Jiangsu: "江苏",
  Jiangxi: "江西",
  Jilin: "吉林",
  Liaoning: "辽宁",
  Ningxia: "宁夏",
  Qinghai: "青海",
  Shaanxi: "陕西",
  Shandong: "山东",
  Shanghai: "上海",
  Shanxi: "山西",
  Sichuan: "四川",
  Tianjin: "天津",
  Tibet: "西藏",
  Xinjiang: "新疆",
  Yunnan: "云南",
  Zhejiang: "浙江",
};

/** The name of a province or city in the reader's language, as far as it is known. */
export function usePlaceName(): (country: string, name: string) => string {
  const { i18n } = useTranslation();
  const chinese = i18n.language.startsWith("zh");
  return (country, name) => (chinese && country === "CN" && IN_CHINESE[name]) || name;
}

/** A region in words, the smallest place first. */
export function useRegionWords(): (region: HomeRegion | null) => string {
  const locale = useLocale();
  const placeName = usePlaceName();
  return (region) => {
    if (!region) return "";
    const { country, province = "", city = "" } = region;
    const places = [city, province].filter(Boolean).map((name) => placeName(country, name));
    return [...places, countryName(country, locale)].join(locale.startsWith("zh") ? "，" : ", ");
  };
}
