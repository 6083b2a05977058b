/**
 * Class names for what one choice of the form makes void for another. The style sheet does it, so it needs no
 * JavaScript. Names and values are known by their beginnings: in a class name an underscore would stand for a space.
 */

/** For what only the authorization code grant has a use for. */
export const codeOnly = "group-has-[[name^=authorization][value^=auth]:not(:checked)]/form:hidden";

/** For what is about people: they sign in by the authorization code grant, or by the device grant. */
export const peopleOnly =
  "group-has-[[name^=authorization][value^=auth]:not(:checked)]/form:group-has-[[name^=authorization][value^=urn]:not(:checked)]/form:hidden";

/** For what a public client can't have. */
export const confidentialOnly = "group-has-[[name^=client][value=public]:checked]/form:hidden";

/** For what an application has no use for that signs who it is, by its own choice or by its profile's. */
export const secretOnly =
  "group-has-[[name^=token][value^=private]:checked]/form:hidden group-has-[[value^=fapi]:checked]/form:hidden";

/** For what only such a one has a use for. */
export const keyOnly =
  "hidden group-has-[[name^=token][value^=private]:checked]/form:block group-has-[[value^=fapi]:checked]/form:block";

/** For what only pairwise subjects have a use for. */
export const pairwiseOnly = "hidden group-has-[[value=pairwise]:checked]/form:block";

/**
 * For what a security profile decides, for what it says then, and for what only one with message signing says and
 * decides.
 */
export const withoutProfile = "group-has-[[value^=fapi]:checked]/form:hidden";
export const profileOnly = "hidden group-has-[[value^=fapi]:checked]/form:block";
export const messageSigningOnly = "not-group-has-[[value*=message]:checked]/form:hidden";
export const withoutMessageSigning = "group-has-[[value*=message]:checked]/form:hidden";

/**
 * Without JavaScript the settings follow from another kind only when the form is sent (`followKind`): until then the
 * kind itself says what it has no use for. As soon as the form was rendered for that kind, its settings say it.
 */
export const unlessKindWithoutCode =
  "noscript:group-has-[[value=machine]:checked:not([checked])]/form:hidden noscript:group-has-[[value=device]:checked:not([checked])]/form:hidden";
export const unlessKindWithoutSecret =
  "noscript:group-has-[[value^=single]:checked:not([checked])]/form:hidden noscript:group-has-[[value=native]:checked:not([checked])]/form:hidden noscript:group-has-[[value=device]:checked:not([checked])]/form:hidden";
export const unlessKindWithoutPeople = "noscript:group-has-[[value=machine]:checked:not([checked])]/form:hidden";

/** For what tells of the settings, while they are those of another kind. */
export const unlessKindChanged = "noscript:group-has-[[name=kind]:checked:not([checked])]/form:hidden";
