/** Where the page stands when it is opened: nobody knows whether Kaspi's own remembers. */
export type PageStep =
  | { name: "email" }
  | { name: "sms_code" }
  | { name: "mail_code"; email: string };

/** The login page, with the element names that browser logins look for. */
export const loginPage = (step: PageStep = { name: "email" }) => `<!doctype html>
<html lang="ru">
<title>Kaspi Магазин: вход</title>
<style>
  body { font: 16px sans-serif; max-width: 22rem; margin: 4rem auto; }
  input, button { font: inherit; display: block; width: 100%; margin: .5rem 0; padding: .5rem; box-sizing: border-box; }
  .is-danger { color: #b00020; }
</style>
<nav><a href="#" id="email_tab">Почта</a> <a href="#" id="phone_tab">Телефон</a></nav>
<form id="form"></form>
<script>
const form = document.getElementById("form");
const input = (id, name, type, label) =>
  '<input id="' + id + '" name="' + name + '" type="' + type + '" placeholder="' + label + '">';
const button = '<button type="submit" class="button is-primary">Продолжить</button>';
const emailField = input("user_email_field", "_u", "text", "Почта");
const texts = {
  CREDENTIALS_INVALID: "Неверные почта или пароль",
  INSUFFICIENT_PERMISSIONS: "Недостаточно прав",
  NO_MERCHANTS: "Нет доступных магазинов",
  MFA_CODE_INVALID: "Неверный код",
  SECURITY_CODE_INVALID: "Неверный код",
  MFA_SEND_FLOOD: "Слишком много попыток. Попробуйте позже",
  MFA_CODE_TOO_MANY_SEND: "Слишком много попыток. Попробуйте позже",
  SECURITY_CODE_SMS_FLOOD: "Слишком много попыток. Попробуйте позже",
};
let step;
let email = "";

function show(name, content) {
  step = name;
  form.innerHTML = content + button;
}
function complain(text) {
  form.querySelector(".notification")?.remove();
  form.querySelector(".help")?.remove();
  const code = form.querySelector('[name="security-code"]');
  const place = document.createElement(code ? "p" : "div");
  place.className = code ? "help is-danger" : "notification is-danger";
  place.textContent = text;
  (code ?? form.firstChild).after(place);
}
const codeField = input("security_code_field", "security-code", "text", "Код");
const steps = {
  email() {
    show("password", emailField + input("password_field", "_p", "password", "Пароль"));
  },
  password() {
    email = value("_u");
    send({ _u: email, _p: value("_p"), _r_d: true });
  },
  phone() {
    send({ _ph: masked(value("_ph")) });
  },
  sms_code() {
    send({ _c: value("security-code") });
  },
  mail_code() {
    send({ _m_c: value("security-code"), _r_d: true, _u: email });
  },
  shop() {
    send({ _s_m: form.querySelector("input:checked")?.value ?? "" });
  },
};
function value(name) {
  return form.querySelector('[name="' + name + '"]').value.trim();
}
function masked(text) {
  const d = text.replace(/\\D/g, "").slice(-10);
  return "+7 (" + d.slice(0, 3) + ") " + d.slice(3, 6) + "-" + d.slice(6, 8) + "-" + d.slice(8);
}
function send(body) {
  const xhr = new XMLHttpRequest();
  xhr.open("POST", "/api/p/login");
  xhr.setRequestHeader("Content-Type", "application/json");
  xhr.onload = () => follow(xhr.status, xhr.responseText);
  xhr.onerror = () => complain("Сервис недоступен");
  xhr.send(JSON.stringify(body));
}
function follow(status, text) {
  if (status === 403 || status === 429) return complain("Доступ запрещен");
  let answer = {};
  try { answer = JSON.parse(text); } catch { return complain("Сервис недоступен"); }
  if (answer.errorCode) return complain(texts[answer.errorCode] ?? "Ошибка: " + answer.errorCode);
  if (answer.redirectUrl) return location.assign(answer.redirectUrl);
  if (answer.phone) return show("sms_code", codeField);
  if (answer.email) return show("mail_code", codeField);
  if (answer.su) return show("shop", shops(answer.su));
  complain("Сервис недоступен");
}
function shops(list) {
  const pairs = Array.isArray(list) ? list.map((one) => [one.uid, one.name]) : Object.entries(list);
  return pairs
    .map(([uid, name]) => '<label><input type="radio" name="_s_m" value="' + uid + '">' + name + "</label>")
    .join("");
}
form.addEventListener("submit", (event) => {
  event.preventDefault();
  steps[step]();
});
document.getElementById("email_tab").addEventListener("click", () => show("email", emailField));
document.getElementById("phone_tab").addEventListener("click", () =>
  show("phone", input("user_phone_field", "_ph", "tel", "+7 (___) ___-__-__")));
const opened = ${JSON.stringify(step)};
email = opened.email ?? "";
show(opened.name, opened.name === "email" ? emailField : codeField);
</script>
</html>`;
