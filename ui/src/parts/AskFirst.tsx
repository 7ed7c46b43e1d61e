import { Popconfirm, type PopconfirmProps } from "antd";
import type { MouseEvent } from "react";
import { isAgain } from "./clicks";

const stopAgain = (event: MouseEvent) => {
  if (isAgain(event)) event.stopPropagation();
};

/** Asks before something is done. The second click of a double one would take the question away again. */
export const AskFirst = (props: PopconfirmProps) => (
  <span style={{ display: "contents" }} role="presentation" onClickCapture={stopAgain}>
    <Popconfirm {...props} />
  </span>
);
