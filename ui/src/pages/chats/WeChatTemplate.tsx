import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { WeChatPart } from "@/api/chats";
import styles from "./chats.module.css";

const PARTS: Record<"customers" | "notices", readonly WeChatPart[]> = {
  customers: ["title", "name", "phone", "grade", "task", "why", "concerns", "details", "time"],
  notices: ["title", "details", "time"],
};
const PLACE = /^(thing|character_string|phone_number|time|const)[0-9]{1,3}$/;
const MOST_PLACES = 12;

const isTwice = (place: string, rows: readonly ({ place?: string } | undefined)[]) =>
  Boolean(place) && rows.filter((row) => row?.place === place).length > 1;

/** One template of the account's: its id, and what stands in each of its places. */
export function WeChatTemplate({ of }: { of: "customers" | "notices" }) {
  const { t } = useTranslation();
  const parts = PARTS[of].map((value) => ({ value, label: t(`wechatPart.${value}`) }));
  return (
    <fieldset className={styles.template}>
      <legend>{t(`wechat.${of}`)}</legend>
      <Form.Item
        name={[of, "id"]}
        label={t("wechat.templateId")}
        rules={[{ required: true, pattern: /^\s*[\w-]{20,64}\s*$/, message: t("wechat.templateIdWrong") }]}
      >
        <Input maxLength={80} autoComplete="off" spellCheck={false} className="number" />
      </Form.Item>
      <Form.List name={[of, "places"]}>
        {(rows, { add, remove }) => (
          <>
            {rows.map(({ key, name }) => (
              <div key={key} className={styles.place}>
                <Form.Item
                  name={[name, "place"]}
                  rules={[
                    { required: true, pattern: PLACE, message: t("wechat.placeWrong") },
                    ({ getFieldValue }) => ({
                      validator: (_, place) =>
                        isTwice(place, getFieldValue([of, "places"]))
                          ? Promise.reject(new Error(t("wechat.placeTwice")))
                          : Promise.resolve(),
                    }),
                  ]}
                >
                  <Input
                    maxLength={40}
                    spellCheck={false}
                    placeholder="thing1"
                    aria-label={t("wechat.place")}
                  />
                </Form.Item>
                <Form.Item name={[name, "part"]} rules={[{ required: true, message: t("form.missing") }]}>
                  <Select options={parts} aria-label={t("wechat.part")} placeholder={t("wechat.part")} />
                </Form.Item>
                <Button
                  type="text"
                  icon={<DeleteOutlined />}
                  aria-label={t("wechat.removePlace")}
                  disabled={rows.length === 1}
                  onClick={() => remove(name)}
                />
              </div>
            ))}
            <Button
              type="dashed"
              icon={<PlusOutlined />}
              disabled={rows.length >= MOST_PLACES}
              onClick={() => add({})}
            >
              {t("wechat.addPlace")}
            </Button>
          </>
        )}
      </Form.List>
    </fieldset>
  );
}
