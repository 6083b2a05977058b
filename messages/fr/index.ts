import account from "./account.json";
import authorizations from "./authorizations.json";
import browser from "./browser.json";
import claims from "./claims.json";
import consent from "./consent.json";
import device from "./device.json";
import errors from "./errors.json";
import failure from "./failure.json";
import fieldProblems from "./field-problems.json";
import home from "./home.json";
import invitation from "./invitation.json";
import layout from "./layout.json";
import login from "./login.json";
import mail from "./mail.json";
import passwordReset from "./password-reset.json";
import problems from "./problems.json";
import profile from "./profile.json";
import setup from "./setup.json";

export const fr = {
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
  login,
  mail,
  passwordReset,
  problems,
  profile,
  setup,
};
