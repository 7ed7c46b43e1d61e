import { Alert, Button } from "antd";
import { useTranslation } from "react-i18next";
import { useSection } from "../sections/SectionDrawer";
import { useCorrections } from "./useCorrections";

/** Warns that what is being published grades calls otherwise than people did; nothing where it doesn't. */
export function CorrectionsNote({ onLook }: { onLook: () => void }) {
  const { t } = useTranslation();
  const [, open] = useSection();
  const { data } = useCorrections();
  if (!data || data.differing.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      style={{ marginBlockEnd: 12 }}
      title={t("designer.corrections.warning", { count: data.differing.length, checked: data.checked })}
      action={
        <Button
          size="small"
          onClick={() => {
            onLook();
            open("corrections");
          }}
        >
          {t("designer.corrections.look")}
        </Button>
      }
    />
  );
}
