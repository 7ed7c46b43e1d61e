import { createBrowserRouter, Navigate, type RouteObject } from "react-router";
import { Boot } from "@/parts/Boot";
import { RouteProblem } from "@/parts/ProblemPage";
import { SignedIn } from "./session";

const inside: RouteObject[] = [
  { index: true, element: <Navigate to="/tasks" replace /> },
  {
    path: "tasks",
    lazy: async () => ({ Component: (await import("@/pages/tasks/TasksPage")).TasksPage }),
    children: [
      { path: "new", lazy: async () => ({ Component: (await import("@/pages/tasks/NewTask")).NewTask }) },
    ],
  },
  {
    path: "tasks/:taskId",
    lazy: async () => ({ Component: (await import("@/pages/task/TaskPage")).TaskPage }),
    children: [
      {
        path: "import",
        lazy: async () => ({ Component: (await import("@/pages/task/ImportCustomers")).ImportCustomers }),
      },
      {
        path: "add",
        lazy: async () => ({ Component: (await import("@/pages/task/AddCustomer")).AddCustomer }),
      },
    ],
  },
  {
    path: "calls",
    lazy: async () => ({ Component: (await import("@/pages/calls/CallsPage")).CallsPage }),
  },
  {
    path: "calls/:callId",
    lazy: async () => ({ Component: (await import("@/pages/call/CallPage")).CallPage }),
  },
  {
    path: "scripts",
    lazy: async () => ({ Component: (await import("@/pages/scripts/ScriptsPage")).ScriptsPage }),
    children: [
      {
        path: "new",
        lazy: async () => ({ Component: (await import("@/pages/scripts/UploadScript")).UploadScript }),
      },
      {
        path: ":scriptId",
        lazy: async () => ({ Component: (await import("@/pages/scripts/ScriptDrawer")).ScriptDrawer }),
      },
    ],
  },
  {
    path: "ai-seats",
    lazy: async () => ({ Component: (await import("@/pages/seats/AiSeatsPage")).AiSeatsPage }),
  },
  {
    path: "lines",
    lazy: async () => ({ Component: (await import("@/pages/lines/LinesPage")).LinesPage }),
    children: [
      { path: "new", lazy: async () => ({ Component: (await import("@/pages/lines/NewLine")).NewLine }) },
    ],
  },
  {
    path: "*",
    lazy: async () => ({ Component: (await import("@/pages/NotFound")).NotFound }),
  },
];

export const router = createBrowserRouter([
  {
    errorElement: <RouteProblem />,
    HydrateFallback: Boot,
    children: [
      {
        path: "sign-in",
        lazy: async () => ({ Component: (await import("@/pages/sign-in/SignIn")).SignIn }),
      },
      {
        element: <SignedIn />,
        children: [
          {
            lazy: async () => ({ Component: (await import("./Shell")).Shell }),
            children: inside,
          },
        ],
      },
    ],
  },
]);
