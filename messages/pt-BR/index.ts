import account from "./account.json" with { type: "json" };
import authorizations from "./authorizations.json" with { type: "json" };
import browser from "./browser.json" with { type: "json" };
import claims from "./claims.json" with { type: "json" };
import consent from "./consent.json" with { type: "json" };
import device from "./device.json" with { type: "json" };
import errors from "./errors.json" with { type: "json" };
import failure from "./failure.json" with { type: "json" };
import fieldProblems from "./field-problems.json" with { type: "json" };
import home from "./home.json" with { type: "json" };
import invitation from "./invitation.json" with { type: "json" };
import layout from "./layout.json" with { type: "json" };
import lists from "./lists.json" with { type: "json" };
import login from "./login.json" with { type: "json" };
import mail from "./mail.json" with { type: "json" };
import ownAttributes from "./own-attributes.json" with { type: "json" };
import passwordReset from "./password-reset.json" with { type: "json" };
import problems from "./problems.json" with { type: "json" };
import profile from "./profile.json" with { type: "json" };
import setup from "./setup.json" with { type: "json" };

export const ptBR = {
  account,
  authorizations,
  browser,
  claims,
  consent,
  device,
  errors,
  failure,
  fieldProblems,
  home,
  invitation,
  layout,
  lists,
  login,
  mail,
  ownAttributes,
  passwordReset,
  problems,
  profile,
  setup,
};
