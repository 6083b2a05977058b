import account from "./account.json" with { type: "json" };
import apiForm from "./api-form.json" with { type: "json" };
import apis from "./apis.json" with { type: "json" };
import applicationForm from "./application-form.json" with { type: "json" };
import applicationHealth from "./application-health.json" with { type: "json" };
import applicationList from "./application-list.json" with { type: "json" };
import applicationPage from "./application-page.json" with { type: "json" };
import applicationPeople from "./application-people.json" with { type: "json" };
import applicationSections from "./application-sections.json" with { type: "json" };
import applicationSettings from "./application-settings.json" with { type: "json" };
import applications from "./applications.json" with { type: "json" };
import attributes from "./attributes.json" with { type: "json" };
import authorizations from "./authorizations.json" with { type: "json" };
import browser from "./browser.json" with { type: "json" };
import claims from "./claims.json" with { type: "json" };
import consent from "./consent.json" with { type: "json" };
import console from "./console.json" with { type: "json" };
import consoleFieldProblems from "./console-field-problems.json" with { type: "json" };
import consoleProblems from "./console-problems.json" with { type: "json" };
import controls from "./controls.json" with { type: "json" };
import credentials from "./credentials.json" with { type: "json" };
import device from "./device.json" with { type: "json" };
import errors from "./errors.json" with { type: "json" };
import failure from "./failure.json" with { type: "json" };
import fieldProblems from "./field-problems.json" with { type: "json" };
import groups from "./groups.json" with { type: "json" };
import home from "./home.json" with { type: "json" };
import initialAccessTokens from "./initial-access-tokens.json" with { type: "json" };
import invitation from "./invitation.json" with { type: "json" };
import invitationForm from "./invitation-form.json" with { type: "json" };
import invitations from "./invitations.json" with { type: "json" };
import layout from "./layout.json" with { type: "json" };
import lists from "./lists.json" with { type: "json" };
import login from "./login.json" with { type: "json" };
import mail from "./mail.json" with { type: "json" };
import mailRecord from "./mail-record.json" with { type: "json" };
import overview from "./overview.json" with { type: "json" };
import ownAttributes from "./own-attributes.json" with { type: "json" };
import passwordReset from "./password-reset.json" with { type: "json" };
import problems from "./problems.json" with { type: "json" };
import profile from "./profile.json" with { type: "json" };
import quickStart from "./quick-start.json" with { type: "json" };
import resetLinks from "./reset-links.json" with { type: "json" };
import roles from "./roles.json" with { type: "json" };
import scopeForm from "./scope-form.json" with { type: "json" };
import scopes from "./scopes.json" with { type: "json" };
import search from "./search.json" with { type: "json" };
import settings from "./settings.json" with { type: "json" };
import setup from "./setup.json" with { type: "json" };
import signingKeys from "./signing-keys.json" with { type: "json" };
import templates from "./templates.json" with { type: "json" };
import testSignIn from "./test-sign-in.json" with { type: "json" };
import translations from "./translations.json" with { type: "json" };
import userTransfer from "./user-transfer.json" with { type: "json" };
import users from "./users.json" with { type: "json" };

export const de = {
  account,
  apiForm,
  apis,
  applicationForm,
  applicationHealth,
  applicationList,
  applicationPage,
  applicationPeople,
  applicationSections,
  applicationSettings,
  applications,
  attributes,
  authorizations,
  browser,
  claims,
  consent,
  console,
  consoleFieldProblems,
  consoleProblems,
  controls,
  credentials,
  device,
  errors,
  failure,
  fieldProblems,
  groups,
  home,
  initialAccessTokens,
  invitation,
  invitationForm,
  invitations,
  layout,
  lists,
  login,
  mail,
  mailRecord,
  overview,
  ownAttributes,
  passwordReset,
  problems,
  profile,
  quickStart,
  resetLinks,
  roles,
  scopeForm,
  scopes,
  search,
  settings,
  setup,
  signingKeys,
  templates,
  testSignIn,
  translations,
  userTransfer,
  users,
};
