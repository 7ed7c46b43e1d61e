import { useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Form, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate, useSearchParams } from "react-router";
import type { Me } from "@/api/model";
import { queries } from "@/api/queries";
import { requests } from "@/api/requests";
import { LanguageChoice, ThemeChoice } from "@/app/Choices";
import { chooseLanguage, chosenLanguage } from "@/app/i18n";
import { useProblemWords } from "@/parts/problem-words";
import styles from "./SignIn.module.css";

interface Credentials {
  email: string;
  password: string;
}

/** Only addresses of our own pages are followed after signing in; browsers read a backslash as a slash. */
const safePath = (path: string | null): string => (path && /^\/(?![/\\])/.test(path) ? path : "/today");

/** A language chosen in this browser goes to the account; without one the account's own is taken. */
async function settleLanguage(me: Me): Promise<void> {
  const chosen = chosenLanguage();
  if (!chosen) return chooseLanguage(me.user.language);
  if (chosen !== me.user.language) await requests.speak(chosen).catch(() => undefined);
}

function useRefusal(): (error: unknown) => string {
  const words = useProblemWords();
  return (error) => {
    const { what, remedy } = words(error);
    return [what, remedy].filter(Boolean).join(" · ");
  };
}

function SignInForm() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const client = useQueryClient();
  const refusal = useRefusal();
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const signIn = async ({ email, password }: Credentials) => {
    setBusy(true);
    setError(null);
    try {
      const me = await requests.signIn(email.trim(), password);
      client.setQueryData(queries.me().queryKey, me);
      await settleLanguage(me);
      navigate(safePath(search.get("next")), { replace: true });
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Form<Credentials>
      layout="vertical"
      requiredMark={false}
      size="large"
      onFinish={(values) => void signIn(values)}
    >
      <Form.Item
        name="email"
        label={t("signIn.email")}
        rules={[{ required: true, message: t("signIn.emailMissing") }]}
      >
        <Input type="email" autoComplete="username" autoFocus />
      </Form.Item>
      <Form.Item
        name="password"
        label={t("signIn.password")}
        rules={[{ required: true, message: t("signIn.passwordMissing") }]}
      >
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      {error ? (
        <Alert type="error" showIcon role="alert" title={refusal(error)} className={styles.error} />
      ) : null}
      <Button type="primary" htmlType="submit" loading={busy} block>
        {t("signIn.submit")}
      </Button>
    </Form>
  );
}

export function SignIn() {
  const { t } = useTranslation();
  const ended = (useLocation().state as { ended?: boolean } | null)?.ended ?? false;
  return (
    <div className={styles.page}>
      <title>{`${t("signIn.title")} · Callwright`}</title>
      <header className={styles.top}>
        <LanguageChoice signedIn={false} />
        <ThemeChoice />
      </header>
      <main className={styles.card}>
        <img src="/favicon.svg" alt="" width={40} height={40} />
        <h1 className={styles.title}>{t("signIn.title")}</h1>
        <p className={styles.about}>{t("signIn.about")}</p>
        {ended ? (
          <Alert type="info" showIcon role="status" title={t("signIn.ended")} className={styles.error} />
        ) : null}
        <SignInForm />
      </main>
    </div>
  );
}
