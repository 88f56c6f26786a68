using Secrets.Relay;

return await RelayCommand.RunAsync(args, System.Console.Out, System.Console.Error, CancellationToken.None).ConfigureAwait(false);
