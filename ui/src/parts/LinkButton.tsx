import { Button, Tooltip } from "antd";
import type { ReactNode } from "react";
import { parsePath, useHref, useLocation, useNavigate } from "react-router";

interface Props {
  to: string;
  children: ReactNode;
  icon?: ReactNode;
  primary?: boolean;
  /** Opens a drawer over this page, whose filters stay in the address. */
  within?: boolean;
  /** Words that say why it can't be pressed; null when it can. */
  whyNot?: string | null;
}

/** A button that is a link: opens in a new tab where one wants that. */
export function LinkButton({ to, children, icon, primary = false, within = false, whyNot = null }: Props) {
  const { search } = useLocation();
  const target = within ? { ...parsePath(to), search } : parsePath(to);
  const href = useHref(target);
  const navigate = useNavigate();
  const type = primary ? "primary" : "default";
  if (whyNot)
    return (
      <Tooltip title={whyNot}>
        <Button type={type} icon={icon} disabled aria-description={whyNot}>
          {children}
        </Button>
      </Tooltip>
    );
  return (
    <Button
      type={type}
      icon={icon}
      href={href}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        navigate(target);
      }}
    >
      {children}
    </Button>
  );
}
