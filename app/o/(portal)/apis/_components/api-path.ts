/** The page of one API. */
export function apiPath(id: string): string {
  return `/o/apis/${id}/`;
}
