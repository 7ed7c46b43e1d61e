import { Drawer } from "antd";
import { type ReactNode, useState } from "react";
import { useLocation, useNavigate } from "react-router";
import styles from "./AddressDrawer.module.css";
import { ProblemNote } from "./ProblemPage";

interface Props {
  title: string;
  /** The address of the page below, to which closing returns. */
  back: string;
  width?: number;
  footer?: ReactNode;
  /** Why the last attempt to save failed, kept in view beside the button. */
  problem?: unknown;
  children: ReactNode;
}

/** A drawer that has its own address: open while the address names it. */
export function AddressDrawer({ title, back, width = 520, footer, problem, children }: Props) {
  const navigate = useNavigate();
  const { search } = useLocation();
  const [open, setOpen] = useState(true);
  return (
    <Drawer
      open={open}
      title={title}
      size={`min(${width}px, 100vw)`}
      footer={
        footer ? (
          <div className={styles.footer}>
            {problem ? <ProblemNote error={problem} /> : null}
            {footer}
          </div>
        ) : null
      }
      onClose={() => setOpen(false)}
      afterOpenChange={(shown) => {
        if (!shown) navigate({ pathname: back, search });
      }}
    >
      {children}
    </Drawer>
  );
}
