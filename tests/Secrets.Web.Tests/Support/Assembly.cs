using Secrets.Web.Tests.Support;

// one browser, two tests at a time: pages wait for each other more than they compute
[assembly: AssemblyFixture(typeof(Browser))]
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
