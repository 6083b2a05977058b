import { Fragment } from "react";
import { TextLink } from "@/components/ui/link";
import { applicationPath } from "@/lib/http/paths";
import type { NamedApplications } from "@/lib/services/applications/name-applications";

/** "1 application", "3 applications". */
export function countApplications(count: number): string {
  return count === 1 ? "1 application" : `${count} applications`;
}

export interface ApplicationNamesProps {
  applications: NamedApplications;
  /** Links to a subpage of each; by default to the page itself. */
  subPath?: "update/";
}

/** Their names as links, with the number of further ones, as a sentence. */
export function ApplicationNames({ applications: { count, first }, subPath }: ApplicationNamesProps) {
  const rest = count - first.length;
  return (
    <>
      {first.map(({ id, name }, index) => (
        <Fragment key={id}>
          {index > 0 && ", "}
          <TextLink href={`${applicationPath(id)}${subPath ?? ""}`}>
            <bdi className="wrap-anywhere">{name}</bdi>
          </TextLink>
        </Fragment>
      ))}
      {rest > 0 && ` and ${rest} more`}
    </>
  );
}
