// Starts `afterword lsp` for folders that hold a site.toml. All that an editor can do is said by the server.

const { commands, workspace } = require('vscode');
const { LanguageClient } = require('vscode-languageclient/node');

let client;

async function start() {
  const command = workspace.getConfiguration('afterword').get('path');
  const documents = [
    { scheme: 'file', language: 'markdown' },
    { scheme: 'file', pattern: '**/site.toml' },
  ];
  client = new LanguageClient('afterword', 'Afterword', { command, args: ['lsp'] }, { documentSelector: documents });
  await client.start();
}

async function stop() {
  const running = client;
  client = undefined;
  await running?.stop();
}

exports.activate = async (context) => {
  const restart = async () => {
    await stop();
    await start();
  };
  context.subscriptions.push(
    commands.registerCommand('afterword.restart', restart),
    workspace.onDidChangeConfiguration((change) => change.affectsConfiguration('afterword.path') && restart()),
  );
  await start();
};

exports.deactivate = stop;
