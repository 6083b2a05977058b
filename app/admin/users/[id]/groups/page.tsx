import { Plus, UsersRound } from "lucide-react";
import type { Metadata } from "next";
import { ListPages } from "@/app/o/(portal)/_components/list-pages";
import { NativeForm } from "@/components/layout/native-form";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { SelectField, TextField } from "@/components/ui/field";
import { TextLink } from "@/components/ui/link";
import { RelativeTime } from "@/components/ui/time";
import { getCsrfToken } from "@/lib/auth/csrf";
import { type FormFlash, readFormFlash } from "@/lib/http/forms/form-flash";
import { readNotice } from "@/lib/http/forms/notice";
import { loadPage } from "@/lib/http/load-page";
import { groupPath, userPath } from "@/lib/http/paths";
import { readOne, type SearchParams } from "@/lib/http/search-params";
import { getTexts } from "@/lib/messages/request-locale";
import { can } from "@/lib/services/context";
import { listGroups } from "@/lib/services/groups/list-groups";
import { listUserGroups, type UserGroup } from "@/lib/services/groups/user-groups";
import { mayManage } from "@/lib/services/users/find-user";
import { loadUser } from "../_components/load-user";
import { UserPage } from "../_components/user-page";

interface Props {
  params: Promise<{ id: string }>;
  searchParams: SearchParams;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [{ user }, t] = [await loadUser((await params).id, "groups/"), await getTexts("users")];
  return { title: t("tabs.titleOf", { tab: t("tabs.groups"), name: user.name ?? user.username }) };
}

export default async function UserGroupsPage({ params, searchParams }: Props) {
  const { id } = await params;
  const loaded = await loadUser(id, "groups/");
  const { context } = loaded;
  const sent = await searchParams;
  const after = readOne(sent, "after");
  const [{ groups, next }, all] = await loadPage(userPath(id, "groups/"), () =>
    Promise.all([listUserGroups(context, { userId: id, after }), listGroups(context)]),
  );
  const changeable = can(context.actor, "groups:write") && mayManage(loaded.user, context);
  const page = `/admin/users/${id}`;
  const rejected = sent.rejected === undefined ? null : await readFormFlash(page);
  const notice = rejected ? null : await readNotice(page, ["added", "removed"]);
  const [csrf, t] = [await getCsrfToken(), await getTexts("users")];
  const lists = await getTexts("lists");
  const held = new Set(groups.map((group) => group.id));
  const others = all.groups.filter((group) => !held.has(group.id));
  return (
    <UserPage loaded={loaded} current="groups">
      {notice && <Alert tone="success" title={t(`groups.notices.${notice}`)} announce />}
      <Card title={t("groups.title")} description={t("groups.description")} flush>
        {changeable && (others.length > 0 || all.next !== null) && (
          <AddForm
            action={userPath(id, "groups/submit")}
            csrf={csrf}
            choices={all.next === null ? others : null}
            rejected={rejected}
          />
        )}
        {groups.length > 0 ? (
          <ul aria-label={t("groups.title")} className="divide-y divide-line">
            {groups.map((group) => (
              <GroupItem
                key={group.id}
                group={group}
                action={changeable ? userPath(id, "groups/submit") : null}
                csrf={csrf}
              />
            ))}
          </ul>
        ) : (
          <EmptyState
            icon={<UsersRound aria-hidden />}
            title={t("groups.none.title")}
            description={t("groups.none.description")}
          />
        )}
      </Card>
      <ListPages
        path={userPath(id, "groups/")}
        isLater={after !== undefined}
        next={next}
        labels={{ first: lists("first"), next: lists("next") }}
      />
    </UserPage>
  );
}

interface AddFormProps {
  action: string;
  csrf: string;
  /** The groups to choose from; null if there are too many for a list, and a name is typed. */
  choices: readonly { id: string; name: string }[] | null;
  rejected: FormFlash | null;
}

async function AddForm({ action, csrf, choices, rejected }: AddFormProps) {
  const t = await getTexts("users");
  const field = {
    name: "group",
    label: t("groups.group"),
    defaultValue: rejected?.values.group,
    error: rejected?.fieldErrors.group?.join(" "),
    required: true,
  };
  return (
    <NativeForm
      action={action}
      csrf={csrf}
      fields={{ action: "add" }}
      className="grid items-end gap-3 border-b border-line px-4 py-4 sm:grid-cols-[minmax(0,22rem)_auto] sm:justify-start sm:px-5"
    >
      {choices ? (
        <SelectField {...field} options={choices.map(({ id, name }) => ({ value: id, label: name }))} />
      ) : (
        <TextField {...field} autoComplete="off" />
      )}
      <Button type="submit" icon={<Plus aria-hidden />}>
        {t("groups.add")}
      </Button>
    </NativeForm>
  );
}

/** `action` is the route that ends the membership; null if the reader may not. */
async function GroupItem({ group, action, csrf }: { group: UserGroup; action: string | null; csrf: string }) {
  const { id, name, description, addedAt } = group;
  const t = await getTexts("users");
  return (
    <li className="flex flex-col gap-3 px-4 py-4 sm:flex-row sm:items-center sm:px-5">
      <UsersRound className="size-5 shrink-0 text-muted max-sm:hidden" aria-hidden />
      <div className="grid min-w-0 flex-1 gap-0.5">
        <p className="font-medium wrap-anywhere">
          <TextLink href={groupPath(id)}>
            <bdi>{name}</bdi>
          </TextLink>
        </p>
        <p className="text-note wrap-anywhere text-muted">
          {description && (
            <>
              <bdi>{description}</bdi>
              {" · "}
            </>
          )}
          {t.rich("groups.added", { time: () => <RelativeTime date={addedAt} /> })}
        </p>
      </div>
      {action && (
        <NativeForm action={action} csrf={csrf} fields={{ action: "remove", group: id }} className="grid shrink-0">
          <Button type="submit" variant="danger-quiet" aria-label={t("groups.removeFrom", { name })}>
            {t("groups.remove")}
          </Button>
        </NativeForm>
      )}
    </li>
  );
}
