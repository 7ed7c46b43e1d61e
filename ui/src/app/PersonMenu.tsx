import { CommentOutlined, LogoutOutlined, UserOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Dropdown } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { requests } from "@/api/requests";
import { useProblemWords } from "@/parts/problem-words";
import styles from "./PersonMenu.module.css";
import { useMe } from "./session";

export function PersonMenu() {
  const { t } = useTranslation();
  const { user } = useMe();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const words = useProblemWords();
  const signOut = async () => {
    try {
      await requests.signOut();
    } catch (error) {
      message.error(words(error).what);
      return;
    }
    navigate("/sign-in");
    client.clear();
  };
  const who = (
    <div>
      <strong className={styles.name}>{user.name}</strong>
      <div className="quiet">{user.email}</div>
      <div className="quiet">{t(`role.${user.role}`)}</div>
    </div>
  );
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: [
          { key: "who", label: who, disabled: true },
          { type: "divider" },
          {
            key: "chats",
            label: t("chat.title"),
            icon: <CommentOutlined />,
            onClick: () => void navigate("/chats"),
          },
          { key: "out", label: t("top.signOut"), icon: <LogoutOutlined />, onClick: () => void signOut() },
        ],
      }}
    >
      <Button type="text" icon={<UserOutlined />} aria-label={t("top.person", { name: user.name })} />
    </Dropdown>
  );
}
