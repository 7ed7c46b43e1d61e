import { useTranslation } from "react-i18next";

const KNOWN = [
  "no_channel",
  "switched_off",
  "not_kept_open",
  "not_connected",
  "not_trusted",
  "not_encrypted",
  "bind_refused",
  "unusable",
] as const;

/** Why nothing can be sent over a channel; empty where something can. */
export function useChannelTrouble(): (trouble: string) => string {
  const { t } = useTranslation();
  return (trouble) => {
    if (trouble === "") return "";
    const known = KNOWN.find((code) => code === trouble) ?? "not_connected";
    return t(`channelTrouble.${known}`);
  };
}
