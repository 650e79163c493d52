(function () {
  "use strict";
  var box = document.getElementById("search");
  if (!box) {
    return;
  }
  var found = document.getElementById("found");
  var rows = Array.prototype.slice.call(document.querySelectorAll("#rows tbody tr"));
  var texts = rows.map(function (row) {
    return Array.prototype.map.call(row.cells, function (cell) {
      return cell.textContent;
    }).join(" ").toLowerCase();
  });
  box.parentElement.hidden = false;
  box.addEventListener("input", function () {
    var words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    var shown = 0;
    rows.forEach(function (row, i) {
      var hit = words.every(function (word) {
        return texts[i].indexOf(word) >= 0;
      });
      row.hidden = !hit;
      shown += hit ? 1 : 0;
    });
    found.textContent = words.length ? shown + " of " + rows.length + " shown" : "";
  });
})();
