-- Neovim as an editor of a project: findings arrive, something is completed, a fix is applied. Run by tests/neovim.rs, which makes the project; prints
-- what came, one line each.

local function say(...) io.stdout:write(table.concat({ ... }, ' '), '\n') end

local function until_true(what, condition)
  if not vim.wait(30000, condition, 20) then
    say('nothing came of', what)
    vim.cmd('cquit 1')
  end
end

local buffer = vim.api.nvim_get_current_buf()
local client = vim.lsp.start_client({
  name = 'afterword',
  cmd = { os.getenv('AFTERWORD'), 'lsp' },
  root_dir = vim.fn.getcwd(),
})
vim.lsp.buf_attach_client(buffer, client)

until_true('findings', function() return #vim.diagnostic.get(buffer) == 2 end)
for _, found in ipairs(vim.diagnostic.get(buffer)) do
  say('finding', found.lnum .. ':' .. found.col, found.code, (found.message:gsub('\n.*', '')))
end

local function request(method, parameters)
  local answers = vim.lsp.buf_request_sync(buffer, method, parameters, 30000)
  return answers[client].result
end

local line = vim.fn.search('^severity')
vim.api.nvim_win_set_cursor(0, { line, 10 })
for _, item in ipairs(request('textDocument/completion', vim.lsp.util.make_position_params()).items) do
  say('offer', item.label)
end

local parameters = vim.lsp.util.make_range_params()
parameters.context = { diagnostics = {}, only = { 'source.fixAll' } }
local action = request('textDocument/codeAction', parameters)[1]
say('action', action.title)
vim.lsp.util.apply_workspace_edit(action.edit, vim.lsp.get_client_by_id(client).offset_encoding)
until_true('the fix', function()
  local left = vim.diagnostic.get(buffer)
  return #left == 1 and left[1].code ~= 'missing-section'
end)
for _, text in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
  say('|', text)
end
say('left', vim.diagnostic.get(buffer)[1].code)
vim.cmd('quitall!')
