/**
 * Class names for fields that another choice makes meaningless. CSS hides them, so it needs no JavaScript. Names and
 * values are matched by their prefixes, because an underscore in a class name would stand for a space.
 */

/** For what needs the authorization code grant. */
export const codeOnly = "group-has-[[name^=authorization][value^=auth]:not(:checked)]/form:hidden";

/** For what is about users: they sign in by the authorization code grant, or by the device grant. */
export const usersOnly =
  "group-has-[[name^=authorization][value^=auth]:not(:checked)]/form:group-has-[[name^=authorization][value^=urn]:not(:checked)]/form:hidden";

/** For what a public client can't have. */
export const confidentialOnly = "group-has-[[name^=client][value=public]:checked]/form:hidden";

/** For what an application doesn't need if it signs assertions, by its own choice or by its profile's. */
export const secretOnly =
  "group-has-[[name^=token][value^=private]:checked]/form:hidden group-has-[[value^=fapi]:checked]/form:hidden";

/** For what only such an application needs. */
export const keyOnly =
  "hidden group-has-[[name^=token][value^=private]:checked]/form:block group-has-[[value^=fapi]:checked]/form:block";

/** For what only pairwise subjects need. */
export const pairwiseOnly = "hidden group-has-[[value=pairwise]:checked]/form:block";

/**
 * For what a security profile decides, for its explanation, and for the parts that only message signing explains and
 * decides.
 */
export const withoutProfile = "group-has-[[value^=fapi]:checked]/form:hidden";
export const profileOnly = "hidden group-has-[[value^=fapi]:checked]/form:block";
export const messageSigningOnly = "not-group-has-[[value*=message]:checked]/form:hidden";
export const withoutMessageSigning = "group-has-[[value*=message]:checked]/form:hidden";

/**
 * Without JavaScript, settings follow another kind only when the form is sent (`followKind`); until then the kind
 * itself hides what it doesn't need. Once the form has been rendered for that kind, its settings do.
 */
export const unlessKindWithoutCode =
  "noscript:group-has-[[value=machine]:checked:not([checked])]/form:hidden noscript:group-has-[[value=device]:checked:not([checked])]/form:hidden";
export const unlessKindWithoutSecret =
  "noscript:group-has-[[value^=single]:checked:not([checked])]/form:hidden noscript:group-has-[[value=native]:checked:not([checked])]/form:hidden noscript:group-has-[[value=device]:checked:not([checked])]/form:hidden";
export const unlessKindWithoutUsers = "noscript:group-has-[[value=machine]:checked:not([checked])]/form:hidden";

/** For what only kinds with a redirect need, in a form that asks for nothing but the kind. */
export const unlessUsersStayAway =
  "group-has-[[value=machine]:checked]/form:hidden group-has-[[value=device]:checked]/form:hidden";

/** For text about the settings, while they are those of another kind. */
export const unlessKindChanged = "noscript:group-has-[[name=kind]:checked:not([checked])]/form:hidden";
