import { EditOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input, Modal, Select, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Call, GradeCorrection } from "@/api/model";
import { asProblem } from "@/api/problem";
import { requests } from "@/api/requests";
import { useWhyNot } from "@/app/session";
import { AskFirst } from "@/parts/AskFirst";
import { Grade } from "@/parts/Grade";
import { ProblemNote } from "@/parts/ProblemPage";
import { Time } from "@/parts/Time";
import styles from "./CallPage.module.css";

interface Wished {
  grade: string;
  why: string;
}

const MOST_CHARACTERS = 500;

function useChange<Input, Output>(call: Call, change: (input: Input) => Promise<Output>, done: string) {
  const client = useQueryClient();
  const { message } = App.useApp();
  return useMutation({
    mutationFn: change,
    onSuccess: () => {
      message.success(done);
      return client.invalidateQueries({ queryKey: ["call", call.id] });
    },
  });
}

function GradeForm({ call, close }: { call: Call; close: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Wished>();
  const correct = useChange(
    call,
    (wished: Wished) => requests.correctGrade(call.id, wished),
    t("call.corrected"),
  );
  const grades = Object.entries(call.labels.grades);
  return (
    <Modal
      open
      title={t("call.correctGrade")}
      okText={t("call.correctOk")}
      confirmLoading={correct.isPending}
      onOk={() => form.submit()}
      onCancel={close}
    >
      <p className="quiet">{t("call.correctHint")}</p>
      {correct.isError ? <ProblemNote error={asProblem(correct.error)} /> : null}
      <Form<Wished>
        form={form}
        layout="vertical"
        initialValues={call.grade_correction ?? {}}
        onFinish={(wished) => correct.mutate(wished, { onSuccess: close })}
      >
        <Form.Item
          name="grade"
          label={t("call.rightGrade")}
          rules={[{ required: true, message: t("call.chooseGrade") }]}
        >
          <Select
            placeholder={t("call.chooseGrade")}
            options={grades.map(([value, label]) => ({ value, label: `${value} · ${label}` }))}
          />
        </Form.Item>
        <Form.Item
          name="why"
          label={t("call.correctWhy")}
          rules={[{ required: true, whitespace: true, message: t("call.sayWhy") }]}
        >
          <Input.TextArea maxLength={MOST_CHARACTERS} showCount autoSize={{ minRows: 2, maxRows: 6 }} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function Corrected({ call, correction }: { call: Call; correction: GradeCorrection }) {
  const { t } = useTranslation();
  return (
    <div className={styles.correction}>
      <Grade grade={correction.grade} grades={Object.keys(call.labels.grades)} />
      <div>
        <div>{correction.why}</div>
        <div className="quiet">
          {correction.made_by
            ? t("call.correctedBy", { name: correction.made_by })
            : t("call.correctedBySomeone")}
          {" · "}
          <Time at={correction.made_at} />
        </div>
      </div>
    </div>
  );
}

/** What a person made of the grade, and their means to: a correction is kept as a test of the script. */
export function CorrectGrade({ call }: { call: Call }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const whyNot = useWhyNot("correct_grades");
  const takeBack = useChange(call, () => requests.takeCorrectionBack(call.id), t("call.correctionTakenBack"));
  const correction = call.grade_correction;
  return (
    <>
      {correction ? <Corrected call={call} correction={correction} /> : null}
      <Space className={styles.correct} wrap>
        <Button
          size="small"
          icon={<EditOutlined />}
          disabled={whyNot !== null}
          title={whyNot ?? undefined}
          onClick={() => setOpen(true)}
        >
          {t(correction ? "call.correctAgain" : "call.correctGrade")}
        </Button>
        {correction && whyNot === null ? (
          <AskFirst
            title={t("call.takeBackCorrection")}
            okText={t("call.takeBack")}
            onConfirm={() => takeBack.mutate(undefined)}
          >
            <Button size="small" type="text" loading={takeBack.isPending}>
              {t("call.takeBack")}
            </Button>
          </AskFirst>
        ) : null}
      </Space>
      {open ? <GradeForm call={call} close={() => setOpen(false)} /> : null}
    </>
  );
}
