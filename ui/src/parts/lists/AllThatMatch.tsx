import { useTranslation } from "react-i18next";
import { useFilterWords } from "./useFilterWords";

/** By which filters all were chosen: said before something is done with them, so that nobody means others. */
export function AllThatMatch({ filters }: { filters: object }) {
  const { t } = useTranslation();
  const words = useFilterWords()(filters);
  return (
    <p>
      {words.length > 0 ? t("lists.allThatMatch", { filters: words.join(" · ") }) : t("lists.allThereAre")}
    </p>
  );
}
