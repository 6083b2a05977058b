import account from "./account.json";
import apiForm from "./api-form.json";
import apis from "./apis.json";
import applicationForm from "./application-form.json";
import applicationSettings from "./application-settings.json";
import applications from "./applications.json";
import authorizations from "./authorizations.json";
import browser from "./browser.json";
import claims from "./claims.json";
import consent from "./consent.json";
import console from "./console.json";
import consoleFieldProblems from "./console-field-problems.json";
import consoleProblems from "./console-problems.json";
import controls from "./controls.json";
import credentials from "./credentials.json";
import device from "./device.json";
import errors from "./errors.json";
import failure from "./failure.json";
import fieldProblems from "./field-problems.json";
import groups from "./groups.json";
import home from "./home.json";
import initialAccessTokens from "./initial-access-tokens.json";
import invitation from "./invitation.json";
import invitationForm from "./invitation-form.json";
import invitations from "./invitations.json";
import layout from "./layout.json";
import lists from "./lists.json";
import login from "./login.json";
import mail from "./mail.json";
import mailRecord from "./mail-record.json";
import overview from "./overview.json";
import passwordReset from "./password-reset.json";
import problems from "./problems.json";
import profile from "./profile.json";
import quickStart from "./quick-start.json";
import resetLinks from "./reset-links.json";
import roles from "./roles.json";
import scopeForm from "./scope-form.json";
import scopes from "./scopes.json";
import settings from "./settings.json";
import setup from "./setup.json";
import signingKeys from "./signing-keys.json";
import translations from "./translations.json";
import userTransfer from "./user-transfer.json";
import users from "./users.json";

export const de = {
  account,
  apiForm,
  apis,
  applicationForm,
  applicationSettings,
  applications,
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
  passwordReset,
  problems,
  profile,
  quickStart,
  resetLinks,
  roles,
  scopeForm,
  scopes,
  settings,
  setup,
  signingKeys,
  translations,
  userTransfer,
  users,
};
