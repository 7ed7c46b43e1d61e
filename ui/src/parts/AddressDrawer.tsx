import { Drawer } from "antd";
import { type ReactNode, useEffect, useState } from "react";
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

/** Gives the focus back to what opened this, unless it is elsewhere by then. */
function useFocusBack() {
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      const nowhere = document.activeElement === document.body;
      if (nowhere && opener instanceof HTMLElement) opener.focus({ preventScroll: true });
    },
    [opener],
  );
}

/** A drawer that has its own address: open while the address names it. */
export function AddressDrawer({ title, back, width = 520, footer, problem, children }: Props) {
  const navigate = useNavigate();
  const { search } = useLocation();
  useFocusBack();
  return (
    <Drawer
      open
      title={title}
      size={`min(${width}px, 100vw)`}
      // A drawer that doesn't slide in would take the focus after the field within that asks for it.
      autoFocus={false}
      footer={
        footer ? (
          <div className={styles.footer}>
            {problem ? <ProblemNote error={problem} /> : null}
            {footer}
          </div>
        ) : null
      }
      // At once, without waiting for the drawer to have slid away: it would call back whoever had gone on meanwhile.
      onClose={() => navigate({ pathname: back, search })}
    >
      {children}
    </Drawer>
  );
}
