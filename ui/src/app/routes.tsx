import type { ComponentType } from "react";
import { createBrowserRouter, Navigate, type RouteObject } from "react-router";
import type { Act } from "@/api/model";
import { Boot } from "@/parts/Boot";
import { RouteProblem } from "@/parts/ProblemPage";
import { LostPage } from "./LostPage";
import { Only, SignedIn } from "./session";

/** A page that is fetched when it is opened, and shown to those who may see it. */
const only = (act: Act, page: () => Promise<ComponentType>) => async () => {
  const Guarded = await page();
  return {
    Component: () => (
      <Only act={act}>
        <Guarded />
      </Only>
    ),
  };
};

const inside: RouteObject[] = [
  { index: true, element: <Navigate to="/today" replace /> },
  {
    path: "today",
    lazy: only("read_tasks", async () => (await import("@/pages/today/TodayPage")).TodayPage),
  },
  {
    path: "tasks",
    lazy: only("read_tasks", async () => (await import("@/pages/tasks/TasksPage")).TasksPage),
    children: [
      { path: "new", lazy: async () => ({ Component: (await import("@/pages/tasks/NewTask")).NewTask }) },
      {
        path: "new/:taskId",
        lazy: async () => ({ Component: (await import("@/pages/tasks/NewTask")).NewTask }),
      },
    ],
  },
  {
    path: "tasks/:taskId",
    lazy: only("read_tasks", async () => (await import("@/pages/task/TaskPage")).TaskPage),
    children: [
      {
        path: "import",
        lazy: async () => ({ Component: (await import("@/pages/imports/SendFile")).SendFile }),
      },
      {
        path: "import/:importId",
        lazy: only("change_tasks", async () => (await import("@/pages/imports/ImportDrawer")).ImportDrawer),
      },
      {
        path: "add",
        lazy: async () => ({ Component: (await import("@/pages/task/AddCustomer")).AddCustomer }),
      },
      {
        path: "dry-run",
        lazy: only("change_tasks", async () => (await import("@/pages/task/DryRun")).DryRun),
      },
      {
        path: "customers/:customerId",
        lazy: async () => ({ Component: (await import("@/pages/task/CustomerDrawer")).CustomerDrawer }),
      },
    ],
  },
  {
    path: "calls",
    lazy: only("read_calls", async () => (await import("@/pages/calls/CallsPage")).CallsPage),
  },
  {
    path: "calls/:callId",
    lazy: only("read_calls", async () => (await import("@/pages/call/CallPage")).CallPage),
  },
  {
    path: "imports",
    lazy: only("read_tasks", async () => (await import("@/pages/imports/ImportsPage")).ImportsPage),
  },
  {
    path: "customers",
    lazy: only("read_customers", async () => (await import("@/pages/customers/CustomersPage")).CustomersPage),
    children: [
      {
        path: "duplicates",
        lazy: only(
          "merge_customers",
          async () => (await import("@/pages/customers/merging/DuplicatesDrawer")).DuplicatesDrawer,
        ),
      },
      {
        path: "merge/:ids",
        lazy: only(
          "merge_customers",
          async () => (await import("@/pages/customers/merging/MergeDrawer")).MergeDrawer,
        ),
      },
      {
        path: "changes",
        lazy: async () => ({
          Component: (await import("@/pages/customers/bulk/ChangesDrawer")).ChangesDrawer,
        }),
      },
      {
        path: ":customerId",
        lazy: async () => ({ Component: (await import("@/pages/customers/CardDrawer")).CardDrawer }),
      },
    ],
  },
  {
    path: "customer-fields",
    lazy: only("define_fields", async () => (await import("@/pages/fields/FieldsPage")).FieldsPage),
    children: ["new", ":fieldId"].map((path) => ({
      path,
      lazy: async () => ({ Component: (await import("@/pages/fields/FieldDrawer")).FieldDrawer }),
    })),
  },
  {
    path: "do-not-call",
    lazy: only(
      "read_do_not_call",
      async () => (await import("@/pages/do-not-call/DoNotCallPage")).DoNotCallPage,
    ),
    children: [
      {
        path: "add",
        lazy: async () => ({ Component: (await import("@/pages/do-not-call/AddNumbers")).AddNumbers }),
      },
      {
        path: ":entryId",
        lazy: async () => ({ Component: (await import("@/pages/do-not-call/EntryDrawer")).EntryDrawer }),
      },
    ],
  },
  {
    path: "scripts",
    lazy: only("read_scripts", async () => (await import("@/pages/scripts/ScriptsPage")).ScriptsPage),
    children: [
      {
        path: "new",
        lazy: async () => ({ Component: (await import("@/pages/scripts/NewScript")).NewScript }),
      },
    ],
  },
  { path: "scripts/:scriptId", element: <Navigate to="edit" relative="path" replace /> },
  {
    path: "scripts/:scriptId/edit",
    handle: { isWide: true },
    lazy: only("read_scripts", async () => (await import("@/pages/scripting/ScriptEditor")).ScriptEditor),
  },
  {
    path: "trials/:trialId",
    lazy: only("read_scripts", async () => (await import("@/pages/trial/TrialPage")).TrialPage),
  },
  {
    path: "crowds",
    lazy: only("read_scripts", async () => (await import("@/pages/crowds/CrowdsPage")).CrowdsPage),
    children: [
      {
        path: "new",
        lazy: only("change_scripts", async () => (await import("@/pages/crowds/NewCrowd")).NewCrowd),
      },
    ],
  },
  {
    path: "crowds/:crowdId",
    lazy: only("read_scripts", async () => (await import("@/pages/crowds/CrowdPage")).CrowdPage),
    children: [
      {
        path: "people/:number",
        lazy: async () => ({
          Component: (await import("@/pages/crowds/ConversationDrawer")).ConversationDrawer,
        }),
      },
    ],
  },
  {
    path: "crowds/:crowdId/since/:earlierId",
    lazy: only("read_scripts", async () => (await import("@/pages/crowds/ComparePage")).ComparePage),
  },
  {
    path: "ai-seats",
    lazy: only("read_seats", async () => (await import("@/pages/seats/AiSeatsPage")).AiSeatsPage),
  },
  {
    path: "lines",
    lazy: only("read_lines", async () => (await import("@/pages/lines/LinesPage")).LinesPage),
    children: [
      { path: "new", lazy: async () => ({ Component: (await import("@/pages/lines/NewLine")).NewLine }) },
      {
        path: ":lineId/test-call",
        lazy: async () => ({ Component: (await import("@/pages/lines/TestCallDrawer")).TestCallDrawer }),
      },
      {
        path: ":lineId",
        lazy: async () => ({ Component: (await import("@/pages/lines/LineDrawer")).LineDrawer }),
      },
    ],
  },
  {
    path: "policy-groups",
    lazy: only("read_lines", async () => (await import("@/pages/groups/GroupsPage")).GroupsPage),
    children: [
      {
        path: ":groupId",
        lazy: async () => ({ Component: (await import("@/pages/groups/GroupDrawer")).GroupDrawer }),
      },
      {
        path: ":groupId/route",
        lazy: async () => ({ Component: (await import("@/pages/groups/RouteDrawer")).RouteDrawer }),
      },
    ],
  },
  {
    path: "money",
    lazy: only("read_balance", async () => (await import("@/pages/money/MoneyPage")).MoneyPage),
  },
  {
    path: "companies",
    lazy: only(
      "keep_installation",
      async () => (await import("@/pages/companies/CompaniesPage")).CompaniesPage,
    ),
    children: [
      {
        path: ":companyId",
        lazy: async () => ({
          Component: (await import("@/pages/companies/CompanyDrawer")).CompanyDrawer,
        }),
      },
    ],
  },
  {
    path: "messages",
    lazy: only("read_messages", async () => (await import("@/pages/messages/MessagesPage")).MessagesPage),
    children: [
      { path: "templates", element: null },
      { path: "hours", element: null },
      { path: "opt-outs", element: null },
      { path: "chats", element: null },
      {
        path: "templates/new",
        lazy: only(
          "change_messages",
          async () => (await import("@/pages/messages/TemplateDrawer")).TemplateDrawer,
        ),
      },
      {
        path: "templates/:templateId",
        lazy: only(
          "change_messages",
          async () => (await import("@/pages/messages/TemplateDrawer")).TemplateDrawer,
        ),
      },
    ],
  },
  {
    path: "chats",
    lazy: only("bind_chats", async () => (await import("@/pages/chats/ChatsPage")).ChatsPage),
    children: [
      { path: "new", lazy: async () => ({ Component: (await import("@/pages/chats/BindChat")).BindChat }) },
      {
        path: "wechat",
        lazy: only(
          "keep_wechat",
          async () => (await import("@/pages/chats/WeChatAccount")).WeChatAccountDrawer,
        ),
      },
    ],
  },
  {
    path: "pushed/:token",
    lazy: only("read_calls", async () => (await import("@/pages/chats/PushedPage")).PushedPage),
  },
  {
    path: "warnings",
    lazy: only("read_warnings", async () => (await import("@/pages/warnings/WarningsPage")).WarningsPage),
    children: [
      {
        path: "settings",
        lazy: only(
          "read_settings",
          async () => (await import("@/pages/warnings/WarningSettingsDrawer")).WarningSettingsDrawer,
        ),
      },
    ],
  },
  {
    path: "message-channels",
    lazy: only(
      "keep_installation",
      async () => (await import("@/pages/message-channels/MessageChannelsPage")).MessageChannelsPage,
    ),
    children: [
      {
        path: "new",
        lazy: async () => ({
          Component: (await import("@/pages/message-channels/ChannelDrawer")).ChannelDrawer,
        }),
      },
      {
        path: ":channelId",
        lazy: async () => ({
          Component: (await import("@/pages/message-channels/ChannelDrawer")).ChannelDrawer,
        }),
      },
    ],
  },
  {
    path: "webhooks",
    lazy: only("keep_webhooks", async () => (await import("@/pages/webhooks/WebhooksPage")).WebhooksPage),
    children: [
      {
        path: "new",
        lazy: async () => ({ Component: (await import("@/pages/webhooks/NewWebhook")).NewWebhook }),
      },
    ],
  },
  {
    path: "webhooks/:webhookId",
    lazy: only("keep_webhooks", async () => (await import("@/pages/webhooks/WebhookPage")).WebhookPage),
    children: [
      {
        path: "edit",
        lazy: async () => ({ Component: (await import("@/pages/webhooks/EditWebhook")).EditWebhook }),
      },
      {
        path: "deliveries/:deliveryId",
        lazy: async () => ({
          Component: (await import("@/pages/webhooks/DeliveryDrawer")).DeliveryDrawer,
        }),
      },
    ],
  },
  {
    path: "settings",
    lazy: only("read_settings", async () => (await import("@/pages/settings/CallingPage")).CallingPage),
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
            children: [{ errorElement: <LostPage />, children: inside }],
          },
        ],
      },
    ],
  },
]);
