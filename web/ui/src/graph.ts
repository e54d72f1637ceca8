import { address, parametersOf } from "./address";

// A change of a filter shows at once; without this script a button submits the form.
const form = document.querySelector<HTMLFormElement>("form[data-view]");
form?.addEventListener("change", () => {
  location.assign(address(form.action, parametersOf(new FormData(form))));
});
