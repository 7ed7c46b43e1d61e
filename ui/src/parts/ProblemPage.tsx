import { Alert, Button, Space } from "antd";
import { useTranslation } from "react-i18next";
import { useRouteError } from "react-router";
import { useProblemWords } from "./problem-words";

interface Props {
  error: unknown;
  retry?: () => void;
  /** What can't be shown for it, where that is only a part of the page. */
  lost?: string;
}

/** What went wrong, why, and what to do, in the place of what should have been there. */
export function ProblemNote({ error, retry, lost }: Props) {
  const { t } = useTranslation();
  const { what, why, remedy, incident } = useProblemWords()(error);
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={lost ?? what}
      description={
        <Space orientation="vertical" size={4}>
          {lost ? <span>{what}</span> : null}
          {why && why !== what ? <span>{why}</span> : null}
          {remedy ? <span>{remedy}</span> : null}
          {incident ? <span className="quiet">{t("problem.incident", { incident })}</span> : null}
        </Space>
      }
      action={
        retry ? (
          <Button size="small" onClick={retry}>
            {t("action.tryAgain")}
          </Button>
        ) : null
      }
    />
  );
}

export function ProblemPage(props: Props) {
  return (
    <div style={{ maxWidth: 720, margin: "12vh auto", padding: 16 }}>
      <ProblemNote {...props} />
    </div>
  );
}

/** A page that could not be shown at all: most often because a new version was installed since it was opened. */
export function RouteProblem() {
  return <ProblemPage error={useRouteError()} retry={() => location.reload()} />;
}
