import { Drawer } from "antd";
import { type ReactNode, useState } from "react";
import { useLocation, useNavigate } from "react-router";

interface Props {
  title: string;
  /** The address of the page below, to which closing returns. */
  back: string;
  width?: number;
  footer?: ReactNode;
  children: ReactNode;
}

/** A drawer that has its own address: open while the address names it. */
export function AddressDrawer({ title, back, width = 520, footer, children }: Props) {
  const navigate = useNavigate();
  const { search } = useLocation();
  const [open, setOpen] = useState(true);
  return (
    <Drawer
      open={open}
      title={title}
      size={`min(${width}px, 100vw)`}
      footer={footer}
      onClose={() => setOpen(false)}
      afterOpenChange={(shown) => {
        if (!shown) navigate({ pathname: back, search });
      }}
    >
      {children}
    </Drawer>
  );
}
